import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { add, grad, mul, ndarray, rng, sum } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { fromEntries, type MatrixEntry, matrixQ, nonNegative, toDense } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";

const backend = cpu("float64");

/** A matrix of some size, each entry reading any parameters with any coefficients, in any order. */
const cases = fc
  .record({ m: fc.integer({ min: 1, max: 6 }), n: fc.integer({ min: 1, max: 6 }), p: fc.integer({ min: 1, max: 5 }) })
  .chain(({ m, n, p }) =>
    fc.record({
      m: fc.constant(m),
      n: fc.constant(n),
      p: fc.constant(p),
      seed: fc.integer({ min: 1, max: 1e6 }),
      entries: fc
        .uniqueArray(fc.integer({ min: 0, max: m * n - 1 }), { minLength: 1, maxLength: m * n })
        .chain((places) =>
          fc.tuple(
            ...places.map((at) =>
              fc
                .array(fc.tuple(fc.integer({ min: 0, max: p - 1 }), fc.integer({ min: -3, max: 3 })), { maxLength: 4 })
                .map((terms): MatrixEntry => [Math.floor(at / n), at % n, terms]),
            ),
          ),
        ),
    }),
  );

function naive(m: number, n: number, entries: readonly MatrixEntry[]) {
  return (theta: ArrayLike<number>) => {
    const matrix = new Float64Array(m * n);
    for (const [i, j, terms, constant = 0] of entries) {
      matrix[i * n + j] = constant;
      for (const [k, c] of terms) matrix[i * n + j] = (matrix[i * n + j] as number) + c * (theta[k] as number);
    }
    return matrix;
  };
}

describe("fromEntries", () => {
  property.prop([cases], { numRuns: 60 })(
    "satisfies the laws for any entries; its matrix is the sums written out",
    ({ m, n, p, entries, seed }) => {
      const K = fromEntries({ rows: m, cols: n, numParams: p, entries });
      const report = checkParameterization(K, backend, { seed, oracle: naive(m, n, entries) });
      expect(report.ok, String(report)).toBe(true);
    },
  );

  property.prop([cases, fc.integer({ min: -5, max: 5 })], { numRuns: 30 })(
    "a constant part is in K, in its derivative not, and stands alone in fixedPart",
    ({ m, n, p, entries, seed }, c) => {
      const affine = [...entries.slice(1), [...(entries[0] as MatrixEntry).slice(0, 3), c || 1] as unknown as MatrixEntry];
      const K = fromEntries({ rows: m, cols: n, numParams: p, entries: affine });
      const linear = fromEntries({ rows: m, cols: n, numParams: p, entries });
      const [theta, y, z] = [[p], [2, n], [2, m]].map((shape) =>
        ndarray(backend, Float64Array.from({ length: shape.reduce((a, b) => a * b) }, rng(seed).normal), shape),
      );
      if (!theta || !y || !z || !K.fixedPart) throw new Error("the case has θ, y, z and a fixed part");
      const matrix = naive(m, n, affine)(theta.toArray());
      const close = (a: ArrayLike<number>, b: ArrayLike<number>) =>
        Array.from(a).forEach((x, k) => void expect(x).toBeCloseTo(b[k] as number, 11));
      close(toDense(K, theta).toArray(), matrix);
      close(K.apply(theta, y).toArray(), add(linear.apply(theta, y), K.fixedPart.apply(y)).toArray());
      close(K.applyTranspose(theta, z).toArray(), add(linear.applyTranspose(theta, z), K.fixedPart.applyTranspose(z)).toArray());
      close(K.jacobianTranspose(y, z).toArray(), grad((t: typeof theta) => sum(mul(z, K.apply(t, y))))(theta).toArray());
      const Q = matrixQ(K);
      expect([...Q.constant.values]).toEqual([c || 1]);
      expect(Q.values).toEqual(matrixQ(linear).values);
    },
  );

  test("a function of row and column, by coefficient or by pairs", () => {
    const record = fromEntries({
      rows: 2,
      cols: 2,
      numParams: 2,
      entries: (i, j) => (i === j ? { 0: 1, 1: 2 } : i < j ? { constant: 5, 1: -1 } : null),
    });
    expect(toDense(record, ndarray(backend, [10, 1])).toNested()).toEqual([
      [12, 4],
      [0, 12],
    ]);
    const pairs = fromEntries({
      rows: 2,
      cols: 2,
      numParams: 2,
      entries: (i, j) =>
        i === j
          ? [
              [0, 1],
              [1, 2],
              [0, 1],
            ]
          : null,
    });
    expect(toDense(pairs, ndarray(backend, [10, 1])).toNested()).toEqual([
      [22, 0],
      [0, 22],
    ]);
  });

  test("grids and a θ of several axes are taken row-major", () => {
    const K = fromEntries({ rows: 1, cols: 4, numParams: 4, inShape: [2, 2], thetaShape: [2, 2], entries: (_, j) => ({ [j]: 1 }) });
    expect(
      K.apply(
        ndarray(backend, [
          [1, 2],
          [3, 4],
        ]),
        ndarray(backend, [1, 0, 0, 10], [1, 2, 2]),
      ).toNested(),
    ).toEqual([[41]]);
  });

  test("starts with K(θ)y of twice the variance of y, inside the constraint", () => {
    const K = fromEntries({ rows: 40, cols: 50, numParams: 2000, entries: (i, j) => ({ [50 * i + j]: 3 }) });
    const theta = Array.from(K.init(rng(1), backend).toArray());
    expect(theta.reduce((s, t) => s + 9 * t * t, 0) / 2000).toBeCloseTo(2 / 50, 2);
    const positive = fromEntries({ rows: 1, cols: 9, numParams: 9, constraint: nonNegative, entries: (_, j) => ({ [j]: 1 }) });
    expect(nonNegative.holds(positive.init(rng(1), backend))).toBe(true);
  });

  test.each([
    [{ rows: 0, cols: 2, numParams: 1, entries: [] }, "fromEntries: a matrix of 0 × 2; both numbers must be positive integers"],
    [{ rows: 2, cols: 2, numParams: -1, entries: [] }, "fromEntries: numParams is -1; it must be an integer ≥ 0"],
    [
      { name: "mine", rows: 2, cols: 2, numParams: 1, entries: [[2, 0, []]] },
      "mine: entry (2, 0) is outside the matrix; rows are integers in 0 … 1",
    ],
    [
      { rows: 2, cols: 2, numParams: 1, entries: [[0, -1, []]] },
      "fromEntries: entry (0, -1) is outside the matrix; columns are integers in 0 … 1",
    ],
    [
      { rows: 2, cols: 2, numParams: 1, entries: [[0, 1, [[1, 2]]]] },
      "fromEntries: entry (0, 1) reads parameter 1; parameters are integers in 0 … 0",
    ],
    [
      { rows: 2, cols: 2, numParams: 1, entries: [[0, 1, [[0, Number.NaN]]]] },
      "fromEntries: entry (0, 1) has the coefficient NaN for parameter 0; it must be a finite number",
    ],
    [
      { rows: 2, cols: 2, numParams: 1, entries: [[0, 1, [], 1 / 0]] },
      "fromEntries: entry (0, 1) has the constant Infinity; it must be a finite number",
    ],
    [
      {
        rows: 2,
        cols: 2,
        numParams: 1,
        entries: [
          [0, 1, []],
          [0, 1, []],
        ],
      },
      "entries 0 and 1 are both at (0, 1)",
    ],
    [
      { rows: 2, cols: 2, numParams: 1, inShape: [3], entries: [[0, 1, []]] },
      "fromEntries: inShape is [3], with 3 entries; the matrix has 2 columns",
    ],
    [
      { rows: 2, cols: 2, numParams: 1, thetaShape: [2, 2], entries: [[0, 1, []]] },
      "fromEntries: thetaShape is [2, 2], with 4 entries; the matrix has 1 parameters",
    ],
  ] as [Parameters<typeof fromEntries>[0], string][])("refuses %j", (definition, message) => {
    expect(() => fromEntries(definition)).toThrow(message);
  });
});
