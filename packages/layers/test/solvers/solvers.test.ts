import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { matmul, ndarray, norm, rng, sub, type Value } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { conjugateGradient, gmres, type IterativeResult, lsqr, minres, type Products } from "../../src/solvers/index.js";

const backend = cpu("float64");

function random(seed: number, shape: readonly number[]): Value {
  const stream = rng(seed);
  return ndarray(
    backend,
    Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => stream.normal()),
    shape,
  );
}

/** A as products, and how often they were asked for. */
function products(matrix: Value): Products & { readonly count: () => number } {
  let count = 0;
  return {
    apply(y) {
      count++;
      return matmul(y, matrix, { transposeB: true });
    },
    applyTranspose: (z) => matmul(z, matrix),
    count: () => count,
  };
}

const rows = (entries: readonly (readonly number[])[]) => ndarray(backend, entries as number[][]);
const error = (A: Value, x: Value, z: Value) => norm(sub(z, matmul(x, A, { transposeB: true }))).item() / norm(z).item();

/** Symmetric with the eigenvalues given: V diag(λ) Vᵀ, V from Householder reflections of a random vector. */
function symmetric(eigenvalues: readonly number[], seed: number): Value {
  const n = eigenvalues.length;
  const v = Array.from(random(seed, [n]).toArray());
  const size = v.reduce((s, x) => s + x * x, 0);
  const reflect = (i: number, j: number) => (i === j ? 1 : 0) - (2 * v[i]! * v[j]!) / size;
  return rows(
    Array.from({ length: n }, (_, i) =>
      Array.from({ length: n }, (_, j) => eigenvalues.reduce((s, l, k) => s + l * reflect(i, k) * reflect(j, k), 0)),
    ),
  );
}

const methods: readonly (readonly [string, (A: Products, z: Value) => IterativeResult, (n: number, seed: number) => Value])[] = [
  [
    "cg",
    (A, z) => conjugateGradient(A, z, { tolerance: 1e-12 }),
    (n, seed) =>
      symmetric(
        Array.from({ length: n }, (_, i) => 1 + i),
        seed,
      ),
  ],
  [
    "minres",
    (A, z) => minres(A, z, { tolerance: 1e-12 }),
    (n, seed) =>
      symmetric(
        Array.from({ length: n }, (_, i) => (i % 2 ? 1 + i : -2 - i)),
        seed,
      ),
  ],
  ["lsqr", (A, z) => lsqr(A, z, { tolerance: 1e-12 }), (n, seed) => random(seed, [n, n])],
  ["gmres", (A, z) => gmres(A, z, { tolerance: 1e-12 }), (n, seed) => random(seed, [n, n])],
];

describe("iterative solvers", () => {
  for (const [name, method, make] of methods) {
    property.prop([fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 3 }), fc.nat(1e6)], { numRuns: 25 })(
      `${name} solves, each example on its own, and its report is true`,
      (n, examples, seed) => {
        const A = make(n, seed);
        const z = random(seed + 1, [examples, n]);
        const result = method(products(A), z);
        // A random matrix may be ill-conditioned beyond what 2 n steps do; then it must say so.
        if (result.outcome !== "solved") {
          expect(["lsqr", "gmres"]).toContain(name);
          expect(result.remedy).toBeTruthy();
          return;
        }
        expect(error(A, result.solution, z)).toBeLessThan(1e-11);
        expect(result.residual).toBeLessThanOrEqual(1e-11);
        expect(result.history.length).toBe(result.iterations + 1);
        expect(result.history[0]).toBeCloseTo(1, 14);
        if (name !== "lsqr") expect(result.iterations).toBeLessThanOrEqual(n + 3);
      },
    );

    test(`${name} takes as many steps as there are different eigenvalues, one product each`, () => {
      const A = symmetric([2, 2, 2, 5, 5, 5, 5, 9], 4);
      const counted = products(A);
      const result = method(counted, random(5, [2, 8]));
      expect(result.outcome).toBe("solved");
      expect(result.iterations).toBeLessThanOrEqual(4);
      expect(result.iterations).toBeGreaterThanOrEqual(3);
      // One more for the residual of the report.
      expect(counted.count()).toBeLessThanOrEqual(result.iterations + 2);
    });

    test(`${name}: z = 0 has the solution 0 at once; an example that is done waits for the others`, () => {
      const A = symmetric([1, 2, 3], 1);
      const none = method(products(A), ndarray(backend, [[0, 0, 0]]));
      expect([none.outcome, none.iterations, none.residual]).toEqual(["solved", 0, 0]);
      expect(none.solution.toNested()).toEqual([[0, 0, 0]]);
      const one = random(3, [1, 3]).toArray();
      const both = method(products(A), ndarray(backend, [[0, 0, 0], Array.from(one)]));
      expect(both.solution.toArray().slice(0, 3)).toEqual(new Float64Array(3));
      expect(both.outcome).toBe("solved");
    });
  }

  test("[[4, 1], [1, 3]] x = (1, 2) is (1/11, 7/11); after one step of cg (1/4, 1/2)", () => {
    const A = products(
      rows([
        [4, 1],
        [1, 3],
      ]),
    );
    const z = ndarray(backend, [[1, 2]]);
    const { solution, iterations } = conjugateGradient(A, z);
    expect(iterations).toBe(2);
    expect(solution.toArray()[0]).toBeCloseTo(1 / 11, 14);
    expect(solution.toArray()[1]).toBeCloseTo(7 / 11, 14);
    // α = rᵀr/rᵀAr = 5/20
    const first = conjugateGradient(A, z, { maxIterations: 1 });
    expect(first.solution.toNested()).toEqual([[0.25, 0.5]]);
    // r = (1, 2) − (1.5, 1.75) = (−0.5, 0.25)
    expect(first.residual).toBeCloseTo(Math.sqrt(0.3125 / 5), 14);
    expect(first.outcome).toBe("not converged");
    expect(first.remedy).toContain("after 1 iterations, 1.0e-10 was asked; raise maxIterations, precondition, or ask for less");
  });

  test("cg on an indefinite matrix breaks down and says which direction shows it", () => {
    const { outcome, remedy } = conjugateGradient(
      products(
        rows([
          [1, 0],
          [0, -2],
        ]),
      ),
      ndarray(backend, [[0, 1]]),
    );
    expect(outcome).toBe("breakdown");
    expect(remedy).toContain("yᵀAy = -2 for a direction y of example 0: A is not positive definite; use minres");
  });

  test("minres wants a positive definite preconditioner", () => {
    const { outcome, remedy } = minres(
      products(
        rows([
          [1, 0],
          [0, 2],
        ]),
      ),
      ndarray(backend, [[1, 1]]),
      {
        preconditioner: (r) =>
          sub(
            r,
            matmul(
              r,
              rows([
                [3, 0],
                [0, 3],
              ]),
            ),
          ),
      },
    );
    expect(outcome).toBe("breakdown");
    expect(remedy).toContain("symmetric positive definite");
  });

  test("least squares of x = 1, x = 2, x = 6 is 3 by lsqr; minres finds the least residual of a singular system", () => {
    const found = lsqr(products(rows([[1], [1], [1]])), ndarray(backend, [[1, 2, 6]]));
    expect(found.outcome).toBe("least squares");
    expect(found.solution.item()).toBeCloseTo(3, 14);
    expect(found.residual).toBeCloseTo(Math.sqrt(14 / 41), 14);
    const singular = minres(
      products(
        rows([
          [2, 0],
          [0, 0],
        ]),
      ),
      ndarray(backend, [[4, 3]]),
    );
    expect(singular.outcome).toBe("least squares");
    expect(singular.solution.toArray()[0]).toBeCloseTo(2, 12);
    expect(singular.residual).toBeCloseTo(3 / 5, 12);
  });

  test("lsqr finds the shortest of many solutions: x + y = 2 at (1, 1)", () => {
    const { solution, outcome } = lsqr(products(rows([[1, 1]])), ndarray(backend, [[2]]));
    expect(outcome).toBe("solved");
    solution.toArray().forEach((x) => expect(x).toBeCloseTo(1, 14));
  });

  test("lsqr's estimate of the Frobenius condition is right to a factor of 3", () => {
    const { condition } = lsqr(products(symmetric([1, 10, 100], 2)), random(3, [1, 3]), { tolerance: 1e-14 });
    const frobenius = Math.hypot(1, 10, 100) * Math.hypot(1, 0.1, 0.01);
    expect(condition).toBeLessThan(3 * frobenius);
    expect(condition).toBeGreaterThan(frobenius / 3);
  });

  test("gmres on a cyclic shift gains nothing until step n: a restart before that stalls, and is named", () => {
    const n = 6;
    const shift = rows(Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_, j) => (j === (i + 1) % n ? 1 : 0))));
    const z = ndarray(backend, [[1, 0, 0, 0, 0, 0]]);
    const full = gmres(products(shift), z);
    expect([full.outcome, full.iterations]).toEqual(["solved", n]);
    const stuck = gmres(products(shift), z, { restart: 3 });
    expect(stuck.outcome).toBe("not converged");
    expect(stuck.remedy).toContain("a cycle of 3 steps gained nothing: raise restart");
  });

  test("gmres over several restarts, and on a singular system that has no solution", () => {
    const A = symmetric(
      Array.from({ length: 20 }, (_, i) => 1 + i / 5),
      6,
    );
    const restarted = gmres(products(A), random(7, [2, 20]), { restart: 4, tolerance: 1e-11 });
    expect(restarted.outcome).toBe("solved");
    expect(restarted.iterations).toBeGreaterThan(8);
    const singular = gmres(
      products(
        rows([
          [1, 0],
          [0, 0],
        ]),
      ),
      ndarray(backend, [[1, 1]]),
    );
    expect(singular.outcome).toBe("not converged");
    expect(singular.residual).toBeCloseTo(Math.SQRT1_2, 12);
  });

  test.each(["cg", "minres", "gmres"] as const)(
    "a preconditioner of the exact inverse needs one step of %s; of the diagonal, fewer than none",
    (name) => {
      const n = 30;
      // A diagonal over four decades plus a small coupling.
      const scales = Array.from({ length: n }, (_, i) => 10 ** ((4 * i) / n));
      const A = rows(scales.map((s, i) => scales.map((_, j) => (i === j ? s : 0.1 / (1 + Math.abs(i - j))))));
      const z = random(11, [1, n]);
      const solver = { cg: conjugateGradient, minres, gmres }[name];
      const plain = solver(products(A), z, { maxIterations: 400 });
      const diagonal = rows(scales.map((s, i) => scales.map((_, j) => (i === j ? 1 / s : 0))));
      const better = solver(products(A), z, { preconditioner: (r) => matmul(r, diagonal), maxIterations: 400 });
      expect(plain.outcome).toBe("solved");
      expect(better.outcome).toBe("solved");
      expect(better.iterations).toBeLessThan(plain.iterations / 1.5);
      const B = symmetric([1, 4, 9], 3);
      const inverse = symmetric([1, 1 / 4, 1 / 9], 3);
      const exact = solver(products(B), random(12, [2, 3]), { preconditioner: (r) => matmul(r, inverse) });
      expect([exact.outcome, exact.iterations]).toEqual(["solved", 1]);
    },
  );

  test("the residuals of minres and gmres never grow", () => {
    const A = symmetric(
      Array.from({ length: 15 }, (_, i) => (i % 3 ? 1 + i : -1 - i)),
      8,
    );
    for (const { history } of [minres(products(A), random(1, [1, 15])), gmres(products(A), random(1, [1, 15]))]) {
      history.slice(1).forEach((r, k) => expect(r).toBeLessThanOrEqual(history[k]! * (1 + 1e-12)));
    }
  });

  test("in float32 the default tolerance is what float32 can reach", () => {
    const single = cpu("float32");
    const A: Products = {
      apply: (y) =>
        matmul(
          y,
          ndarray(single, [
            [3, 1],
            [1, 2],
          ]),
        ),
      applyTranspose: (y) =>
        matmul(
          y,
          ndarray(single, [
            [3, 1],
            [1, 2],
          ]),
        ),
    };
    for (const method of [conjugateGradient, minres, lsqr, gmres]) expect(method(A, ndarray(single, [[1, 2]])).outcome).toBe("solved");
  });
});
