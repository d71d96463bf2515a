import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { describe, expect, test } from "vitest";
import { convolution, fromEntries, type MatrixQ, matrixQ, parameterRank } from "../../src/index.js";

/** Q with the given dense rows. */
function qOf(rows: readonly (readonly number[])[], numCols: number): MatrixQ {
  const list = rows.flatMap((row, i) => row.flatMap((value, j) => (value === 0 ? [] : [[i, j, value] as const])));
  return {
    numRows: rows.length,
    numCols,
    rows: Int32Array.from(list, ([i]) => i),
    cols: Int32Array.from(list, ([, j]) => j),
    values: Float64Array.from(list, ([, , value]) => value),
    order: "columnMajor",
    constant: { rows: new Int32Array(0), values: new Float64Array(0) },
    parameterNames: Array.from({ length: numCols }, (_, k) => `t${k}`),
  };
}

/** Columns that are combinations of earlier ones, by elimination in exact rational arithmetic (pairs of BigInt cross-multiplied). */
function exactlyDependent(rows: readonly (readonly number[])[], numCols: number): number[] {
  const matrix = rows.map((row) => row.map(BigInt));
  const found: number[] = [];
  let top = 0;
  for (let col = 0; col < numCols; col++) {
    const at = matrix.findIndex((row, i) => i >= top && row[col] !== 0n);
    if (at < 0) {
      found.push(col);
      continue;
    }
    [matrix[top], matrix[at]] = [matrix[at] as bigint[], matrix[top] as bigint[]];
    const pivot = matrix[top] as bigint[];
    for (let i = top + 1; i < matrix.length; i++) {
      const row = matrix[i] as bigint[];
      matrix[i] = row.map((x, j) => x * (pivot[col] as bigint) - (pivot[j] as bigint) * (row[col] as bigint));
    }
    top++;
  }
  return found;
}

describe("parameterRank", () => {
  const matrices = fc.integer({ min: 1, max: 7 }).chain((p) =>
    fc.record({
      p: fc.constant(p),
      rows: fc.array(
        fc.array(fc.oneof({ weight: 2, arbitrary: fc.constant(0) }, fc.integer({ min: -3, max: 3 })), { minLength: p, maxLength: p }),
        { minLength: 1, maxLength: 9 },
      ),
    }),
  );

  property.prop([matrices], { numRuns: 300 })("agrees with elimination in exact arithmetic, column by column", ({ p, rows }) => {
    const found = parameterRank(qOf(rows, p));
    const dependent = exactlyDependent(rows, p);
    expect(found.rank).toBe(p - dependent.length);
    expect([...found.unused, ...found.redundant].sort((a, b) => a - b)).toEqual(dependent);
    expect(found.unused).toEqual(Array.from({ length: p }, (_, k) => k).filter((k) => rows.every((row) => row[k] === 0)));
    expect(found.isFull).toBe(dependent.length === 0);
  });

  property.prop([matrices, fc.array(fc.integer({ min: -8, max: 8 }), { minLength: 7, maxLength: 7 })], { numRuns: 100 })(
    "does not depend on the units of the parameters",
    ({ p, rows }, powers) => {
      const scaled = rows.map((row) => row.map((x, j) => x * 10 ** (powers[j] as number)));
      expect(String(parameterRank(qOf(scaled, p)))).toBe(String(parameterRank(qOf(rows, p))));
    },
  );

  test("names what is unused and what is redundant", () => {
    // Columns: e₁, 0, e₂, e₁ + e₂.
    const found = parameterRank(
      qOf(
        [
          [1, 0, 0, 1],
          [0, 0, 1, 1],
        ],
        4,
      ),
    );
    expect([found.rank, found.unused, found.redundant]).toEqual([2, [1], [3]]);
    expect(String(found)).toBe("rank 2 of 4 parameters; unused: t1; redundant: t3");
  });

  test("a stencil as identity, ∂x and Δ keeps its three parameters on a fine grid, and loses a fourth", () => {
    const h = 1 / 1000;
    const stencils = [
      [1 / 4, 1 / 2, 1 / 4],
      [-1 / (2 * h), 0, 1 / (2 * h)],
      [-1 / h ** 2, 2 / h ** 2, -1 / h ** 2],
      [0, 1, 0],
    ];
    const K = fromEntries({ rows: 3, cols: 1, numParams: 4, entries: (i) => stencils.map((s, k) => [k, s[i] as number] as const) });
    expect(parameterRank(matrixQ(K)).redundant).toEqual([3]);
  });

  test("every parameter of a convolution counts, unless the grid is too small for it to be told apart", () => {
    const backend = cpu("float64");
    const rank = (n: number) => parameterRank(matrixQ(convolution([n, 1], { channels: 1, kernel: 3, boundary: "periodic" }), { backend }));
    expect(rank(5).isFull).toBe(true);
    // With two points, left and right neighbour are the same.
    expect(String(rank(2))).toBe("rank 2 of 3 parameters; redundant: θ[2, 0, 0]");
  });

  test("no parameters have rank 0", () => {
    expect(String(parameterRank(qOf([[]], 0)))).toBe("rank 0 of 0 parameters");
  });

  test("refuses a group that is too large to factorize", () => {
    expect(() => parameterRank(qOf([new Array<number>(4001).fill(1)], 4001))).toThrow(
      "parameterRank: 4001 parameters are left in one group; their Gram matrix may have at most 4000 rows",
    );
  });
});
