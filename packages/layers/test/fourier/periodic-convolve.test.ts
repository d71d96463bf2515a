import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { type PeriodicSizes, periodicConvolve } from "../../src/index.js";
import { backend, gridPoints, random } from "./random.js";

/** Σ_{i, j} over the grid and the channels of each group of f(place in κ, place in y, place in z), with i = point of z, j = i − point of y. */
function eachTriple(
  { examples, grid, groups, channelsIn, channelsOut }: PeriodicSizes,
  f: (kappa: number, y: number, z: number) => void,
): void {
  const points = gridPoints(grid);
  const flat = (p: readonly number[]) => p.reduce((s, x, a) => s * grid[a]! + x, 0);
  for (let e = 0; e < examples; e++) {
    for (const i of points) {
      for (const l of points) {
        const j = flat(i.map((x, a) => (x - l[a]! + grid[a]!) % grid[a]!));
        for (let g = 0; g < groups; g++) {
          for (let c = 0; c < channelsIn; c++) {
            for (let o = 0; o < channelsOut; o++) {
              f(
                (j * channelsIn + c) * groups * channelsOut + g * channelsOut + o,
                (e * points.length + flat(l)) * groups * channelsIn + g * channelsIn + c,
                (e * points.length + flat(i)) * groups * channelsOut + g * channelsOut + o,
              );
            }
          }
        }
      }
    }
  }
}

const sizes = fc.integer({ min: 1, max: 3 }).chain((dims) =>
  fc.record({
    examples: fc.integer({ min: 1, max: 3 }),
    grid: fc.array(fc.integer({ min: 1, max: dims === 1 ? 9 : 4 }), { minLength: dims, maxLength: dims }),
    groups: fc.integer({ min: 1, max: 2 }),
    channelsIn: fc.integer({ min: 1, max: 3 }),
    channelsOut: fc.integer({ min: 1, max: 3 }),
  }),
);

describe("periodicConvolve", () => {
  property.prop([sizes, fc.nat(1e6)], { numRuns: 60 })("is the cyclic sum, in all three contractions", (s, seed) => {
    const kappa = random(seed, [...s.grid, s.channelsIn, s.groups * s.channelsOut]);
    const y = random(seed + 1, [s.examples, ...s.grid, s.groups * s.channelsIn]);
    const z = random(seed + 2, [s.examples, ...s.grid, s.groups * s.channelsOut]);
    const [k, a, b] = [kappa.toArray(), y.toArray(), z.toArray()];
    const want = {
      apply: new Float64Array(z.size),
      applyTranspose: new Float64Array(y.size),
      jacobianTranspose: new Float64Array(kappa.size),
    };
    eachTriple(s, (t, i, o) => {
      want.apply[o]! += k[t]! * a[i]!;
      want.applyTranspose[i]! += k[t]! * b[o]!;
      want.jacobianTranspose[t]! += a[i]! * b[o]!;
    });
    const found = {
      apply: periodicConvolve.apply(kappa, y, s),
      applyTranspose: periodicConvolve.applyTranspose(kappa, z, s),
      jacobianTranspose: periodicConvolve.jacobianTranspose(y, z, s),
    };
    for (const which of ["apply", "applyTranspose", "jacobianTranspose"] as const) {
      const scale = Math.max(1, ...want[which].map(Math.abs));
      found[which].toArray().forEach((x, at) => {
        expect(Math.abs(x - want[which][at]!), `${which} at ${at}`).toBeLessThan(1e-13 * scale * Math.sqrt(kappa.size));
      });
    }
  });

  test("[1, 2, 0] ∗ [1, 10, 100] is [1 + 200, 10 + 2, 100 + 20]", () => {
    const s = { examples: 1, grid: [3], groups: 1, channelsIn: 1, channelsOut: 1 };
    const z = periodicConvolve.apply(ndarray(backend, [1, 2, 0], [3, 1, 1]), ndarray(backend, [1, 10, 100], [1, 3, 1]), s).toArray();
    [201, 12, 120].forEach((want, i) => {
      expect(z[i]).toBeCloseTo(want, 12);
    });
  });

  test("derivatives hold to second order", () => {
    const s = { examples: 2, grid: [4, 3], groups: 2, channelsIn: 2, channelsOut: 1 };
    const point = [random(1, [4, 3, 2, 2]), random(2, [2, 4, 3, 4])];
    const report = checkDerivatives(([kappa, y]) => periodicConvolve.apply(kappa!, y!, s), point, { order: 2 });
    expect(report.ok, String(report)).toBe(true);
  });

  test("an infinite example leaves the others as they are", () => {
    const s = { examples: 2, grid: [4], groups: 1, channelsIn: 1, channelsOut: 1 };
    const y = ndarray(backend, [Number.POSITIVE_INFINITY, 0, 0, 0, 1, 2, 3, 4], [2, 4, 1]);
    const z = periodicConvolve.apply(ndarray(backend, [1, 0, 0, 0], [4, 1, 1]), y, s).toArray();
    expect(Number.isNaN(z[1])).toBe(true);
    [1, 2, 3, 4].forEach((want, i) => {
      expect(z[4 + i]).toBeCloseTo(want, 13);
    });
  });

  test("float32 agrees to its own rounding", () => {
    const s = { examples: 1, grid: [8], groups: 1, channelsIn: 1, channelsOut: 1 };
    const low = cpu("float32");
    const [kappa, y] = [random(3, [8, 1, 1]), random(4, [1, 8, 1])];
    const want = periodicConvolve.apply(kappa, y, s).toArray();
    const found = periodicConvolve.apply(ndarray(low, kappa.toArray(), kappa.shape), ndarray(low, y.toArray(), y.shape), s).toArray();
    found.forEach((x, i) => {
      expect(Math.abs(x - want[i]!)).toBeLessThan(1e-5);
    });
  });

  test("no examples give none", () => {
    const s = { examples: 0, grid: [4], groups: 1, channelsIn: 2, channelsOut: 1 };
    const none = periodicConvolve.apply(random(1, [4, 2, 1]), ndarray(backend, [], [0, 4, 2]), s);
    expect(none.shape).toEqual([0, 4, 1]);
    expect(Array.from(periodicConvolve.jacobianTranspose(ndarray(backend, [], [0, 4, 2]), none, s).toArray())).toEqual(
      new Array(8).fill(0),
    );
  });

  test("refuses shapes that do not fit the sizes", () => {
    const s = { examples: 1, grid: [4], groups: 1, channelsIn: 1, channelsOut: 1 };
    expect(() => periodicConvolve.apply(random(1, [3, 1, 1]), random(2, [1, 4, 1]), s)).toThrow(
      "periodicConvolve: theta is [3, 1, 1]; it must be [4, 1, 1]",
    );
  });
});
