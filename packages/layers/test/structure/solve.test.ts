import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { grad, mul, ndarray, norm, sub, sum, type Value } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import {
  antisymmetricMatrix,
  convolution,
  denseMatrix,
  diagonalMatrix,
  type SolveMethod,
  solve,
  solveLeastSquares,
  solveShifted,
  solveTranspose,
  symmetricMatrix,
} from "../../src/index.js";
import type { Parameterization } from "../../src/parameterization.js";
import { chooseMethod } from "../../src/structure/choose-method.js";
import { gradeCondition } from "../../src/structure/solve-result.js";
import { backend, matrixOf, random, times, transposed } from "./dense-oracle.js";

const periodic = (n: number, c = 1) => convolution([n, c], { channels: c, kernel: 3, boundary: "periodic" });
const laplacian = ndarray(backend, [-1, 2, -1], [3, 1, 1]);

const operators: readonly (readonly [string, () => Parameterization])[] = [
  ["diagonal", () => diagonalMatrix(4)],
  ["dense", () => denseMatrix([4], [4])],
  ["symmetric", () => symmetricMatrix(4)],
  ["antisymmetric", () => antisymmetricMatrix(4)],
  ["periodic", () => periodic(5)],
  ["periodic, two channels", () => periodic(3, 2)],
  ["periodic in 2-D", () => convolution([3, 4, 1], { channels: 1, kernel: [3, 3], boundary: "periodic" })],
  ["zero boundary", () => convolution([6, 1], { channels: 1, kernel: 3, boundary: "zero" })],
];
const cases: [fc.Arbitrary<(typeof operators)[number]>, fc.Arbitrary<number>] = [fc.constantFrom(...operators), fc.nat(1e6)];
const close = (found: ArrayLike<number>, wanted: ArrayLike<number>, digits: number) =>
  Array.from(wanted).forEach((x, i) => expect(found[i]).toBeCloseTo(x, digits));

describe("solve", () => {
  property.prop(cases, { numRuns: 50 })(
    "K x = z and Kᵀ x = z, by the matrix written out; residual and condition say how well",
    ([, make], seed) => {
      const K = make();
      const theta = random(seed, K.thetaShape);
      const n = K.inShape.reduce((a, b) => a * b, 1);
      const z = random(seed + 1, [2, ...K.outShape]);
      const forward = solve(K, theta, z);
      const backward = solveTranspose(K, theta, z);
      expect(forward.condition).toBeGreaterThanOrEqual(1 - 1e-12);
      fc.pre((forward.condition as number) < 1e5);
      expect([forward.outcome, backward.outcome]).toEqual(["solved", "solved"]);
      expect(forward.residual).toBeLessThan(1e-11);
      const matrix = matrixOf(K, theta);
      for (const e of [0, 1]) {
        const right = z.toArray().slice(e * n, (e + 1) * n);
        close(times(matrix, forward.solution.toArray().slice(e * n, (e + 1) * n)), right, 9);
        close(times(transposed(matrix), backward.solution.toArray().slice(e * n, (e + 1) * n)), right, 9);
      }
    },
  );

  property.prop([...cases, fc.double({ min: 0.5, max: 3, noNaN: true })] as [...typeof cases, fc.Arbitrary<number>], { numRuns: 50 })(
    "(K + αI) x = z and (hKᵀK + I) x = z",
    ([, make], seed, shift) => {
      const K = make();
      const theta = random(seed, K.thetaShape);
      const z = random(seed + 1, [1, ...K.outShape]);
      const matrix = matrixOf(K, theta);
      const alpha = solveShifted(K, theta, z, { alpha: shift });
      if ((alpha.condition as number) < 1e5) {
        const x = alpha.solution.toArray();
        close(
          times(matrix, x).map((v, i) => v + shift * x[i]!),
          z.toArray(),
          9,
        );
      }
      const h = solveShifted(K, theta, z, { h: shift });
      expect(h.outcome).toBe("solved");
      const x = h.solution.toArray();
      close(
        times(transposed(matrix), times(matrix, x)).map((v, i) => shift * v + x[i]!),
        z.toArray(),
        9,
      );
    },
  );

  test("[[2, 1], [4, 5]] x = (3, 9) is (1, 1); transposed, (6, 6) gives (1, 1)", () => {
    const K = denseMatrix([2], [2]);
    const theta = ndarray(backend, [
      [2, 1],
      [4, 5],
    ]);
    close(solve(K, theta, ndarray(backend, [[3, 9]])).solution.toArray(), [1, 1], 14);
    close(solveTranspose(K, theta, ndarray(backend, [[6, 6]])).solution.toArray(), [1, 1], 14);
  });

  const methods: readonly (readonly [SolveMethod, () => Parameterization])[] = [
    ["block", () => periodic(4)],
    ["dense", () => periodic(4)],
    ["gmres", () => denseMatrix([3], [3])],
    ["lsqr", () => denseMatrix([3], [3])],
    ["minres", () => symmetricMatrix(3)],
    ["cg", () => diagonalMatrix(3)],
  ];

  test.each(methods)("%s is differentiable in θ and z to second order", (method, make) => {
    const K = make();
    const numbers = random(7, K.thetaShape);
    // Far from singular, and positive for cg.
    const theta = method === "cg" ? ndarray(backend, [1, 2, 4]) : numbers;
    const report = checkDerivatives(
      ([t, z]: readonly Value[]) => solve(K, t as Value, z as Value, { method, tolerance: 1e-15, maxIterations: 60 }).solution,
      [theta, random(8, [2, ...K.outShape])],
      { order: 2, entries: 10 },
    );
    expect(report.ok, String(report)).toBe(true);
  });

  test("solveShifted is differentiable in θ, z and the shift", () => {
    for (const K of [periodic(3, 2), denseMatrix([3], [3])]) {
      const alpha = ([t, z, a]: readonly Value[]) => solveShifted(K, t as Value, z as Value, { alpha: a as Value }).solution;
      const h = ([t, z, a]: readonly Value[]) => solveShifted(K, t as Value, z as Value, { h: a as Value }).solution;
      for (const f of [alpha, h]) {
        const report = checkDerivatives(f, [random(3, K.thetaShape), random(4, [1, ...K.outShape]), ndarray(backend, 5)], {
          order: 2,
          entries: 10,
        });
        expect(report.ok, String(report)).toBe(true);
      }
    }
  });

  test("all methods agree where all apply", () => {
    const K = periodic(6);
    const theta = ndarray(backend, [-1, 2.5, -1], [3, 1, 1]);
    const z = random(5, [3, 6, 1]);
    const reference = solve(K, theta, z).solution;
    for (const method of ["dense", "cg", "minres", "lsqr", "gmres"] as const) {
      const { solution, outcome, iterations, method: used, history } = solve(K, theta, z, { method, tolerance: 1e-13 });
      expect([outcome, used]).toEqual(["solved", method]);
      expect(norm(sub(solution, reference)).item()).toBeLessThan(1e-10);
      if (method === "dense") continue;
      // Of 6 eigenvalues 4 are different; rounding may cost another step.
      expect(iterations).toBeLessThanOrEqual(6);
      expect(history?.length).toBe((iterations as number) + 1);
    }
  });

  test("a singular system is named, and no noise returned: the periodic Laplacian, with an exact and an inexact zero eigenvalue", () => {
    for (const n of [8, 31]) {
      for (const method of ["block", "dense"] as const) {
        const { outcome, solution, condition, residual, remedy } = solve(periodic(n), laplacian, random(1, [1, n, 1]), { method });
        expect(outcome).toBe("singular");
        expect(condition).toBeGreaterThan(1e14);
        expect(solution.toArray().every(Number.isNaN)).toBe(true);
        expect(residual).toBeNaN();
        expect(remedy).toMatch(
          /^K\(θ\) is singular to rounding \(condition .*\): solve \(K \+ αI\) x = z with solveShifted, or take solveLeastSquares$/,
        );
      }
    }
    const { outcome, remedy } = solve(periodic(8), laplacian, ndarray(backend, [1, 0, 0, 0, 0, 0, 0, 0], [1, 8, 1]), { method: "minres" });
    expect(outcome).toBe("singular");
    expect(remedy).toContain("z is outside its range");
  });

  test("Hilbert's matrix of size 8 is flagged, of size 12 singular, of size 3 solved", () => {
    const outcomes = [3, 8, 12].map((n) => {
      const theta = ndarray(
        backend,
        Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => 1 / (i + j + 1))),
      );
      return solve(denseMatrix([n], [n]), theta, ndarray(backend, [new Array<number>(n).fill(1)]));
    });
    expect(outcomes.map((r) => r.outcome)).toEqual(["solved", "nearly singular", "singular"]);
    // ‖H₃‖₁‖H₃⁻¹‖₁ = 748, of size 8 it is 3.387 · 10¹⁰ (Higham, § 28.1).
    expect(outcomes[0]?.condition).toBeCloseTo(748, 8);
    expect((outcomes[1]?.condition as number) / 3.387e10).toBeCloseTo(1, 3);
    expect(outcomes[1]?.remedy).toContain("about 5 digits of the solution are right");
    expect(outcomes[1]?.residual).toBeLessThan(1e-9);
  });

  test("what a condition number means depends on the precision", () => {
    expect([1e4, 1e8, 1e14, Number.NaN].map((c) => gradeCondition(c, 2 ** -52).outcome)).toEqual([
      "solved",
      "nearly singular",
      "singular",
      "singular",
    ]);
    expect([1e2, 1e4, 1e6].map((c) => gradeCondition(c, 2 ** -23).outcome)).toEqual(["solved", "nearly singular", "singular"]);
    const single = cpu("float32");
    const { outcome, residual } = solve(
      periodic(6),
      ndarray(single, [-1, 3, -1], [3, 1, 1]),
      ndarray(single, [1, 2, 3, 4, 5, 6], [1, 6, 1]),
    );
    expect(outcome).toBe("solved");
    expect(residual).toBeLessThan(1e-6);
  });

  test("the method follows from structure: block form, size, tags", () => {
    const big = convolution([600, 1], { channels: 1, kernel: 3, boundary: "zero" });
    const tagged = (tags: NonNullable<Parameterization["tags"]>) => chooseMethod({ ...big, tags });
    expect(chooseMethod(periodic(1000))).toBe("block");
    expect(chooseMethod(denseMatrix([10], [10]))).toBe("dense");
    expect(chooseMethod(big)).toBe("gmres");
    expect(tagged(["positiveSemidefinite"])).toBe("cg");
    expect(tagged(["symmetric", "mMatrix"])).toBe("cg");
    expect(tagged(["symmetric"])).toBe("minres");
    expect(tagged(["antisymmetric"])).toBe("gmres");
  });

  test("large systems without block form are solved by products, and say in how many", () => {
    const K = convolution([700, 1], { channels: 1, kernel: 3, boundary: "zero" });
    const theta = ndarray(backend, [-1, 2.5, -1], [3, 1, 1]);
    const z = random(2, [1, 700, 1]);
    const general = solve(K, theta, z);
    const symmetric = solve({ ...K, tags: ["symmetric"] }, theta, z);
    expect([general.method, symmetric.method]).toEqual(["gmres", "minres"]);
    for (const { outcome, solution, iterations } of [general, symmetric]) {
      expect(outcome).toBe("solved");
      expect(norm(sub(K.apply(theta, solution), z)).item()).toBeLessThan(1e-8 * norm(z).item());
      // κ = 4.5/0.5 = 9: the error falls by half in each step.
      expect(iterations).toBeLessThan(60);
    }
    const shifted = solveShifted(K, theta, z, { h: 1 });
    expect([shifted.method, shifted.outcome]).toEqual(["cg", "solved"]);
  });

  test("an iteration that is cut short says so, and returns the best it has; its derivatives are refused", () => {
    const K = convolution([30, 1], { channels: 1, kernel: 3, boundary: "zero" });
    const { outcome, residual, iterations, remedy } = solve(K, laplacian, random(2, [1, 30, 1]), { method: "minres", maxIterations: 3 });
    expect([outcome, iterations]).toEqual(["not converged", 3]);
    expect(residual).toBeGreaterThan(0.01);
    expect(residual).toBeLessThan(1);
    expect(remedy).toContain("after 3 iterations");
    const f = (t: Value) => sum(mul(solve(K, t, random(2, [1, 30, 1]), { method: "minres", maxIterations: 3 }).solution, 2));
    expect(() => grad(f)(laplacian)).toThrow("solve: the system of a backward derivative was not solved: not converged");
  });

  test("what does not fit is refused, with what would", () => {
    const K = denseMatrix([3], [2]);
    const theta = random(1, [2, 3]);
    expect(() => solve(K, theta, random(1, [1, 2]))).toThrow(
      "solve: denseMatrix maps [3] to [2]; it must be square; a rectangular system has solveLeastSquares",
    );
    expect(() => solve(periodic(4), laplacian, random(1, [1, 4]))).toThrow("solve: z is [1, 4]; it must be [examples, 4, 1]");
    expect(() => solve(denseMatrix([2], [2]), random(1, [2, 2]), random(1, [1, 2]), { method: "block" })).toThrow(
      'solve: denseMatrix has no block form; use method "dense", or an iterative one',
    );
    const huge = convolution([3000, 1], { channels: 1, kernel: 3, boundary: "zero" });
    expect(() => solve(huge, laplacian, random(1, [1, 3000, 1]), { method: "dense" })).toThrow(
      'too many for a dense matrix (2048 at most); use method "gmres" or "lsqr"',
    );
    expect(() => solveShifted(K, theta, random(1, [1, 2]), { alpha: 1 })).toThrow(
      "solveShifted: denseMatrix maps [3] to [2]; it must be square; for a rectangular K there is h",
    );
    expect(() => solveShifted(K, theta, random(1, [1, 3]), { h: -1 })).toThrow("solveShifted: h is -1; it must be ≥ 0");
    expect(() => solveShifted(K, theta, random(1, [1, 3]), { h: random(1, [2]) })).toThrow("solveShifted: h is [2]; it must be a scalar");
    expect(() => solveLeastSquares(K, theta, random(1, [1, 3]))).toThrow("solveLeastSquares: z is [1, 3]; it must be [examples, 2]");
  });
});
