import { cpu } from "@paramat/backends";
import { DataError, ndarray, rng } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { deriv2 } from "../../src/inverse-problems/deriv2.js";
import { gravity } from "../../src/inverse-problems/gravity.js";
import { heat } from "../../src/inverse-problems/heat.js";
import type { InverseProblem } from "../../src/inverse-problems/inverse-problem.js";
import { phillips } from "../../src/inverse-problems/phillips.js";
import { shaw } from "../../src/inverse-problems/shaw.js";
import { withNoise } from "../../src/inverse-problems/with-noise.js";

const at = ({ matrix, n }: InverseProblem, i: number, j: number) => matrix[i * n + j]!;

/** ‖A x − b‖/‖b‖. */
function mismatch({ n, matrix, exact, data }: InverseProblem): number {
  const residual = data.map((b, i) => exact.reduce((sum, x, j) => sum + matrix[i * n + j]! * x, -b));
  return Math.hypot(...residual) / Math.hypot(...data);
}

/** Of the largest asymmetry. */
function asymmetry(problem: InverseProblem): number {
  let largest = 0;
  for (let i = 0; i < problem.n; i++)
    for (let j = 0; j < i; j++) largest = Math.max(largest, Math.abs(at(problem, i, j) - at(problem, j, i)));
  return largest;
}

function expectNear(actual: readonly number[], expected: readonly number[]): void {
  actual.forEach((x, i) => {
    expect(Math.abs(x - expected[i]!), `entry ${i}: ${x}, not ${expected[i]}`).toBeLessThan(1e-14 * Math.max(1, ...expected.map(Math.abs)));
  });
}

describe("the classical test problems", () => {
  it("have the published entries: literal values from numpy and Gauss–Legendre quadrature of the integrals", () => {
    const s = shaw(8);
    expectNear(
      [at(s, 0, 0), at(s, 2, 5), at(s, 1, 7), s.exact[0]!, s.exact[6]!, s.data[3]!],
      [2.2834972062619415e-5, 1.0859570283396216, 0.20552062213426084, 0.21668418311189344, 1.6528089157913035, 3.440231492871435],
    );
    const h = heat(8);
    expectNear([at(h, 0, 0), at(h, 3, 0), at(h, 7, 2)], [0.041333970708184106, 0.06881287762221483, 0.043000228272549276]);
    const g = gravity(8);
    expectNear([at(g, 0, 0), at(g, 3, 7)], [2, 0.17888543819998318]);
    const p = phillips(16);
    expectNear(
      [0, 1, 2, 3, 4, 5].map((j) => at(p, 0, j)),
      [1.4622309026638378, 1.2536233010442157, 0.75, 0.2463766989557844, 0.018884548668081078, 0],
    );
    const cells = [0, 5, 8, 11, 12];
    expectNear(
      cells.map((i) => p.exact[i]!),
      [0, 0.5430644141745307, 1.6457222050181148, 0.08632860255076266, 0],
    );
    expectNear(
      cells.map((i) => p.data[i]!),
      [0.00033577181458741034, 4.042417463877231, 7.534907054593072, 2.077714290526543, 0.7793477284790608],
    );
  });

  it("deriv2 has the integrals of its kernel, solutions and data over the cells", () => {
    const d = deriv2(8);
    expectNear([at(d, 0, 0), at(d, 1, 4), at(d, 5, 5)], [-0.004720052083333336, -0.010253906249999998, -0.024251302083333336]);
    const cells = [0, 2, 5, 7];
    const expected = {
      1: [
        [0.022097086912079605, 0.11048543456039803, 0.24306795603287565, 0.3314563036811941],
        [-0.003654075570096498, -0.016544042935476268, -0.021205147205993063, -0.006473755931273325],
      ],
      2: [
        [0.3766006962722066, 0.48356486595581355, 0.7035827283767102, 0.9034181059782034],
        [-0.014921717223973764, -0.059833639151993044, -0.06762991414853603, -0.01967062815866922],
      ],
      3: [
        [0.022097086912079605, 0.11048543456039803, 0.11048543456039804, 0.022097086912079608],
        [-0.002733363615426514, -0.011940483162126349, -0.011940483162126349, -0.0027333636154265144],
      ],
    } as const;
    for (const example of [1, 2, 3] as const) {
      const { exact, data } = deriv2(8, example);
      expectNear(
        cells.map((i) => exact[i]!),
        expected[example][0],
      );
      expectNear(
        cells.map((i) => data[i]!),
        expected[example][1],
      );
    }
  });

  it("are symmetric but for heat, which is causal", () => {
    for (const problem of [shaw(20), deriv2(20), phillips(20), gravity(20)]) {
      expect(asymmetry(problem), problem.name).toBeLessThan(1e-15);
    }
    const h = heat(20);
    for (let i = 0; i < 20; i++) for (let j = i + 1; j < 20; j++) expect(at(h, i, j)).toBe(0);
    expect(at(h, 5, 2)).toBe(at(h, 13, 10));
  });

  it("have b = A x by the midpoint rule, and near it, the nearer the finer, by Galerkin's method", () => {
    // Example 1 is consistent too.
    for (const problem of [shaw(32), heat(32), gravity(32), deriv2(32, 1)]) expect(mismatch(problem), problem.name).toBeLessThan(1e-14);
    for (const make of [(n: number) => deriv2(n, 2), (n: number) => deriv2(n, 3), phillips]) {
      const [coarse, fine] = [mismatch(make(32)), mismatch(make(64))];
      expect(coarse, make(32).name).toBeLessThan(5e-3);
      // O(h²)
      expect(coarse / fine, make(32).name).toBeGreaterThan(3.8);
    }
  });

  it("refuse sizes that their formulas do not have", () => {
    expect(() => shaw(7)).toThrow(new DataError("shaw: n is 7; it must be a multiple of 2, at least 2"));
    expect(() => phillips(6)).toThrow(DataError);
    expect(() => heat(0)).toThrow(DataError);
    expect(() => deriv2(5, 3)).toThrow(DataError);
    expect(deriv2(5).n).toBe(5);
    expect(() => deriv2(4, 4 as 3)).toThrow(new DataError("deriv2: example is 4; it must be 1, 2 or 3"));
    expect(() => gravity(1.5)).toThrow(new DataError("gravity: n is 1.5; it must be a whole number ≥ 1"));
    expect(() => heat(4, 0)).toThrow(new DataError("heat: kappa is 0; it must be a finite number > 0"));
    expect(() => gravity(4, Number.NaN)).toThrow(new DataError("gravity: depth is NaN; it must be a finite number > 0"));
  });
});

describe("withNoise", () => {
  it("adds noise of exactly the length asked for, the same for the same stream", () => {
    const problem = shaw(16);
    const noisy = withNoise(problem, 0.1, rng(3));
    const noise = noisy.data.map((b, i) => b - problem.data[i]!);
    expect(Math.hypot(...noise) / Math.hypot(...problem.data)).toBeCloseTo(0.1, 13);
    expect(noisy.noiseNorm).toBeCloseTo(Math.hypot(...noise), 13);
    expect(withNoise(problem, 0.1, rng(3)).data).toEqual(noisy.data);
    expect(withNoise(problem, 0, rng(3)).data).toEqual(problem.data);
    // Plain numbers, ready for an array.
    expect(ndarray(cpu("float64"), noisy.matrix, [16, 16]).shape).toEqual([16, 16]);
  });

  it("refuses noise that is not a share", () => {
    expect(() => withNoise(shaw(4), -1, rng(1))).toThrow(new DataError("withNoise: relativeNoise is -1; it must be a finite number ≥ 0"));
  });
});
