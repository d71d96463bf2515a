import { cpu } from "@paramat/backends";
import { grad, hvp, matmul, ndarray, type Value } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { matrixOperator } from "@paramat/layers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { generalTikhonov, tikhonov } from "../src/tikhonov.js";
import { expectLaws, normal, trees, weights } from "./fixtures/trees.js";

const backend = cpu("float64");
const entries = fc.double({ min: -10, max: 10, noNaN: true });

describe("tikhonov", () => {
  it("is half the sum of squares over all leaves", () => {
    const tree = {
      conv: { theta: ndarray(backend, [1, 2, 3]) },
      W: ndarray(backend, [
        [1, -1],
        [2, 0],
      ]),
    };
    // (1 + 4 + 9 + 1 + 1 + 4)/2 = 10, times 0.3
    expect(tikhonov()(tree).item()).toBe(10);
    expect(tikhonov(0.3)(tree).item()).toBeCloseTo(3, 14);
  });

  it("looks at the selected leaves alone", () => {
    const tree = { W: ndarray(backend, [3, 4]), bias: ndarray(backend, [100]) };
    const R = tikhonov(1, { select: (path) => path === ".W" });
    expect(R(tree).item()).toBe(12.5);
    const g = grad((at: typeof tree) => R(at))(tree);
    expect([g.W.toNested(), g.bias.toNested()]).toEqual([[3, 4], [0]]);
  });

  it("has gradient λW and Hessian λI", () => {
    fc.assert(
      fc.property(fc.array(entries, { minLength: 1, maxLength: 12 }), fc.double({ min: 0, max: 100, noNaN: true }), (numbers, lambda) => {
        const W = ndarray(backend, numbers);
        const R = tikhonov(lambda);
        const slope = grad(R)(W).toArray();
        const curve = hvp(R, W, W).toArray();
        numbers.forEach((w, i) => {
          const tolerance = 8 * backend.epsilon * Math.abs(lambda * w) + 1e-300;
          expect(Math.abs((slope[i] as number) - lambda * w)).toBeLessThanOrEqual(tolerance);
          expect(Math.abs((curve[i] as number) - lambda * w)).toBeLessThanOrEqual(tolerance);
        });
      }),
    );
  });

  it("passes every derivative check on a tree", () => {
    const x = {
      a: ndarray(backend, [
        [0.3, -1.2],
        [2, 0.7],
      ]),
      b: [ndarray(backend, 1.5)],
    };
    const report = checkDerivatives((tree: typeof x) => tikhonov(0.7)(tree), x);
    expect(report.ok, String(report)).toBe(true);
  });

  it("keeps every law, on some of the leaves as on all", () => {
    expectLaws(
      fc.tuple(weights, fc.boolean()),
      ([lambda, all]) => tikhonov(lambda, all ? {} : { select: (path) => path === ".conv.theta" }),
      trees,
    );
  });

  it("shrinks by its proximal map, and leaves other leaves alone", () => {
    const tree = { W: ndarray(backend, [3, 6]), bias: ndarray(backend, [100]) };
    const R = tikhonov(0.5, { select: (path) => path === ".W" });
    const moved = R.prox(tree, 4);
    expect([moved.W.toNested(), moved.bias.toNested()]).toEqual([[1, 2], [100]]);
    // (4 · 0.5 + 1) x = 3 where R looks, 1 · x = 100 elsewhere
    const solved = R.solveShifted(tree, { alpha: 4, gamma: 2 });
    expect([solved.W.toNested(), solved.bias.toNested()]).toEqual([[0.75, 1.5], [50]]);
  });

  it("refuses steps and shifts that leave nothing to solve", () => {
    const W = ndarray(backend, [1]);
    expect(() => tikhonov().prox(W, 0)).toThrow(new RangeError("tikhonov.prox: tau is 0; it must be a finite number > 0"));
    expect(() => tikhonov().solveShifted(W, { alpha: 1, gamma: 0 })).toThrow(
      new RangeError("tikhonov.solveShifted: alpha is 1, gamma is 0; alpha must be ≥ 0 and gamma > 0"),
    );
  });

  it("refuses a selection of nothing, naming what there is", () => {
    const tree = { W: ndarray(backend, [1]), bias: ndarray(backend, [1]) };
    expect(() => tikhonov(1, { select: () => false })(tree)).toThrow(
      new TypeError("tikhonov: no leaf is selected; the tree has .W, .bias; select must accept at least one"),
    );
    expect(() => tikhonov()({})).toThrow("tikhonov: no leaf is selected; the tree has none");
  });

  it("refuses a negative weight", () => {
    expect(() => tikhonov(-0.1)).toThrow(new RangeError("tikhonov: lambda is -0.1; it must be a finite number ≥ 0"));
    expect(() => generalTikhonov((w) => w, Number.POSITIVE_INFINITY)).toThrow("generalTikhonov: lambda is Infinity");
  });
});

describe("generalTikhonov", () => {
  // Differences of neighbours: L = [[−1, 1, 0], [0, −1, 1]].
  const L = ndarray(backend, [
    [-1, 1, 0],
    [0, -1, 1],
  ]);
  const differences = (w: Value): Value => matmul(w, L, { transposeB: true });

  it("is ½‖LW‖², which constant rows do not raise", () => {
    const R = generalTikhonov(differences);
    expect(R(ndarray(backend, [[5, 5, 5]])).item()).toBe(0);
    // Differences (2, −3) and (0, 1): (4 + 9 + 1)/2
    expect(
      R(
        ndarray(backend, [
          [1, 3, 0],
          [2, 2, 3],
        ]),
      ).item(),
    ).toBe(7);
  });

  it("has gradient λLᵀLW, against the dense product", () => {
    fc.assert(
      fc.property(fc.array(entries, { minLength: 3, maxLength: 3 }), (w) => {
        const g = grad(generalTikhonov(differences, 2))(ndarray(backend, [w])).toArray();
        const [a, b, c] = w as [number, number, number];
        const want = [2 * (a - b), 2 * (2 * b - a - c), 2 * (c - b)];
        want.forEach((x, i) => expect(Math.abs((g[i] as number) - x)).toBeLessThanOrEqual(1e3 * backend.epsilon));
      }),
    );
  });

  it("passes every derivative check", () => {
    const x = ndarray(backend, [
      [0.3, -1.2, 0.4],
      [2, 0.7, -0.9],
    ]);
    const report = checkDerivatives((w: Value) => generalTikhonov(differences, 0.7)(w), x);
    expect(report.ok, String(report)).toBe(true);
  });

  it("keeps every law with a function and with an operator, which agree", () => {
    const A = matrixOperator([
      [-1, 1, 0],
      [0, -1, 1],
    ]);
    const rows = fc.integer({ min: 1, max: 4 }).map((m) => ({ W: normal(m, m, 3) }));
    for (const map of [differences, A]) expectLaws(weights, (lambda) => generalTikhonov(map, lambda), rows, {}, 5);
    const W = normal(3, 2, 3);
    expect(generalTikhonov(A)(W).item()).toBeCloseTo(generalTikhonov(differences)(W).item(), 13);
    // A leaf of three axes, as examples of three entries each
    expect(generalTikhonov(A).gradient(normal(4, 2, 2, 3)).shape).toEqual([2, 2, 3]);
  });

  it("refuses a leaf that is no whole number of inputs", () => {
    const A = matrixOperator([[1, 2, 3]]);
    expect(() => generalTikhonov(A)(ndarray(backend, [1, 2]))).toThrow(
      "generalTikhonov: a leaf is [2], 2 entries, and L takes [3], 3; it must be a whole number of those",
    );
  });
});
