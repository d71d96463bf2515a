import {
  gather,
  mul,
  ndarray,
  ShapeError,
  type SortedPattern,
  sparseJacobianTranspose,
  sparseMatmul,
  sparseMatmulTranspose,
  sparsePattern,
  type Value,
} from "@paramat/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backend, expectNear, randomArray, reader } from "./linear-laws.js";

const patterns: fc.Arbitrary<SortedPattern> = fc.tuple(fc.nat(5), fc.nat(5)).chain(([numRows, numCols]) => {
  const places = Array.from({ length: numRows * numCols }, (_, k) => k);
  return fc
    .shuffledSubarray(places)
    .map((chosen) =>
      sparsePattern({ numRows, numCols, rows: chosen.map((k) => Math.floor(k / numCols)), cols: chosen.map((k) => k % numCols) }),
    );
});

/** K[i, j], or 0. */
function dense(pattern: SortedPattern, values: Value): (i: number, j: number) => number {
  const flat = values.toArray();
  return (i, j) => {
    const k = pattern.rows.findIndex((row, at) => row === i && pattern.cols[at] === j);
    return k < 0 ? 0 : (flat[k] as number);
  };
}

test("equal the products with the dense matrix, for any examples; adjoint in both arguments", () => {
  fc.assert(
    fc.property(patterns, fc.array(fc.nat(3), { maxLength: 2 }), (pattern, examples) => {
      const { numRows, numCols, rows, cols } = pattern;
      const values = randomArray([rows.length], 1);
      const [y, z] = [randomArray([...examples, numCols], 2), randomArray([...examples, numRows], 3)];
      const [K, readY, readZ] = [dense(pattern, values), reader(y), reader(z)];
      expectNear(sparseMatmul(pattern, values, y), [...examples, numRows], (i) => {
        let total = 0;
        for (let j = 0; j < numCols; j++) total += K(i.at(-1) as number, j) * readY([...i.slice(0, -1), j]);
        return total;
      });
      expectNear(sparseMatmulTranspose(pattern, values, z), [...examples, numCols], (j) => {
        let total = 0;
        for (let i = 0; i < numRows; i++) total += K(i, j.at(-1) as number) * readZ([...j.slice(0, -1), i]);
        return total;
      });
      const numExamples = examples.reduce((a, b) => a * b, 1);
      const [flatY, flatZ] = [y.toArray(), z.toArray()];
      expectNear(sparseJacobianTranspose(pattern, y, z), [rows.length], ([k]) => {
        let total = 0;
        for (let e = 0; e < numExamples; e++) {
          total +=
            (flatZ[e * numRows + (rows[k as number] as number)] as number) * (flatY[e * numCols + (cols[k as number] as number)] as number);
        }
        return total;
      });
      expect(([v, w]: readonly Value[]) => sparseMatmul(pattern, v as Value, w as Value)).toHaveExactAdjoint([values, y]);
      expect(([v, w]: readonly Value[]) => sparseMatmulTranspose(pattern, v as Value, w as Value)).toHaveExactAdjoint([values, z]);
      expect(([v, w]: readonly Value[]) => sparseJacobianTranspose(pattern, v as Value, w as Value)).toHaveExactAdjoint([y, z]);
    }),
    { numRuns: 60 },
  );
});

const pattern = sparsePattern({ numRows: 2, numCols: 3, rows: [1, 0, 1], cols: [2, 1, 0] });

test("literal: values in the order in which the entries were given", () => {
  // K = [[0, 2, 0], [3, 0, 1]]
  const values = gather(ndarray(backend, [1, 2, 3]), pattern.order);
  expect(sparseMatmul(pattern, values, ndarray(backend, [1, 10, 100])).toNested()).toEqual([20, 103]);
  expect(sparseMatmulTranspose(pattern, values, ndarray(backend, [[1, 10]])).toNested()).toEqual([[30, 2, 10]]);
  expect(sparseJacobianTranspose(pattern, ndarray(backend, [1, 10, 100]), ndarray(backend, [2, 3])).toNested()).toEqual([20, 3, 300]);
});

describe("derivatives of every order", () => {
  const squared = (f: (a: Value, b: Value) => Value) => (v: readonly Value[]) => {
    const product = f(v[0] as Value, v[1] as Value);
    return mul(product, product);
  };
  const [values, y, z] = [randomArray([3], 1), randomArray([2, 3], 2), randomArray([2, 2], 3)];
  test("sparseMatmul", () => expect(squared((v, w) => sparseMatmul(pattern, v, w))).toHaveCorrectGradient([values, y]));
  test("sparseMatmulTranspose", () => expect(squared((v, w) => sparseMatmulTranspose(pattern, v, w))).toHaveCorrectGradient([values, z]));
  test("sparseJacobianTranspose", () => expect(squared((v, w) => sparseJacobianTranspose(pattern, v, w))).toHaveCorrectGradient([y, z]));
});

test("refuse what does not fit the pattern", () => {
  const values = randomArray([3], 1);
  expect(() => sparseMatmul(pattern, values, randomArray([4, 2], 1))).toThrow(
    new ShapeError("sparseMatmul: y is [4, 2]; its last axis must be 3, as the pattern says"),
  );
  expect(() => sparseMatmulTranspose(pattern, values, randomArray([3], 1))).toThrow(
    new ShapeError("sparseMatmulTranspose: z is [3]; its last axis must be 2, as the pattern says"),
  );
  expect(() => sparseMatmul(pattern, randomArray([2], 1), randomArray([4, 3], 1))).toThrow(
    new ShapeError("sparseMatmul: theta is [2]; it must be [3]"),
  );
  expect(() => sparseJacobianTranspose(pattern, randomArray([4, 3], 1), randomArray([5, 2], 1))).toThrow(
    new ShapeError("sparseJacobianTranspose: y is [4, 3], z is [5, 2]; all axes but the last must agree"),
  );
});
