import { broadcastShapes, matmul, mul, ndarray, ShapeError, type Value } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backend, expectNear, randomArray, reader } from "./linear-laws.js";

const sizes = fc.tuple(fc.nat(4), fc.nat(4), fc.nat(4));
const batches = fc.constantFrom<[number[], number[]][]>([[], []], [[2], [2]], [[3], []], [[], [3]], [[2, 1], [3]], [[1], [2]], [[0], [1]]);

/** The array as it is stored when it is given transposed. */
const stored = (batch: readonly number[], rows: number, cols: number, transposed: boolean, seed: number): Value =>
  randomArray([...batch, ...(transposed ? [cols, rows] : [rows, cols])], seed);

/** The index of an entry under broadcasting, and with its last two swapped if it is stored transposed. */
function indexIn(shape: readonly number[], batch: readonly number[], row: number, col: number, transposed: boolean): number[] {
  const own = shape.slice(0, -2).map((n, a) => (n === 1 ? 0 : (batch[batch.length - (shape.length - 2) + a] as number)));
  return [...own, ...(transposed ? [col, row] : [row, col])];
}

test("is Σ_k a[i, k] b[k, j], batched, broadcast, transposed or not; adjoint in both arguments", () => {
  fc.assert(
    fc.property(sizes, batches, fc.boolean(), fc.boolean(), ([m, n, k], [batchA, batchB], transposeA, transposeB) => {
      const a = stored(batchA, m, k, transposeA, 1);
      const b = stored(batchB, k, n, transposeB, 2);
      const [readA, readB] = [reader(a), reader(b)];
      const batch = broadcastShapes("test", [batchA, batchB]);
      expectNear(matmul(a, b, { transposeA, transposeB }), [...batch, m, n], (i) => {
        const [at, row, col] = [i.slice(0, -2), i.at(-2) as number, i.at(-1) as number];
        let total = 0;
        for (let p = 0; p < k; p++)
          total += readA(indexIn(a.shape, at, row, p, transposeA)) * readB(indexIn(b.shape, at, p, col, transposeB));
        return total;
      });
      expect(([x, y]: readonly Value[]) => matmul(x as Value, y as Value, { transposeA, transposeB })).toHaveExactAdjoint([a, b]);
    }),
    { numRuns: 150 },
  );
});

describe.each([
  [false, false],
  [false, true],
  [true, false],
  [true, true],
])("transposeA %s, transposeB %s", (transposeA, transposeB) => {
  test.each([
    [[], []],
    [[2], [2]],
    [[2], []],
    [[], [2]],
  ])("derivatives of every order, batches %j and %j", (batchA, batchB) => {
    const x = [stored(batchA, 2, 3, transposeA, 3), stored(batchB, 3, 2, transposeB, 4)];
    expect(([a, b]: readonly Value[]) => {
      const product = matmul(a as Value, b as Value, { transposeA, transposeB });
      return mul(product, product);
    }).toHaveCorrectGradient(x, { entries: 24 });
  });
});

test("literal", () => {
  const a = ndarray(backend, [
    [1, 2],
    [3, 4],
  ]);
  const b = ndarray(backend, [
    [5, 6],
    [7, 8],
  ]);
  expect(matmul(a, b).toNested()).toEqual([
    [19, 22],
    [43, 50],
  ]);
  expect(matmul(a, b, { transposeA: true }).toNested()).toEqual([
    [26, 30],
    [38, 44],
  ]);
  expect(matmul(a, b, { transposeB: true }).toNested()).toEqual([
    [17, 23],
    [39, 53],
  ]);
  expect(matmul(a, b, { transposeA: true, transposeB: true }).toNested()).toEqual([
    [23, 31],
    [34, 46],
  ]);
});

test("the sum over nothing is 0", () => {
  expect(matmul(randomArray([2, 0], 1), randomArray([0, 3], 1)).toNested()).toEqual([
    [0, 0, 0],
    [0, 0, 0],
  ]);
});

test("refuses inner sizes that differ, naming the axes as they are stored", () => {
  const [a, b] = [randomArray([3, 4], 1), randomArray([5, 2], 2)];
  expect(() => matmul(a, b)).toThrow(
    new ShapeError("matmul: inner sizes differ: a is [3, 4], b is [5, 2]; a's last axis (4) must equal b's second-last (5)"),
  );
  expect(() => matmul(a, b, { transposeA: true })).toThrow(
    new ShapeError(
      "matmul: inner sizes differ: a is [3, 4] transposed, b is [5, 2]; a's second-last axis (3) must equal b's second-last (5)",
    ),
  );
  expect(() => matmul(a, b, { transposeB: true })).toThrow(
    new ShapeError("matmul: inner sizes differ: a is [3, 4], b is [5, 2] transposed; a's last axis (4) must equal b's last (2)"),
  );
});

test("refuses vectors, and batches that do not broadcast", () => {
  expect(() => matmul(randomArray([3], 1), randomArray([3, 2], 2))).toThrow(
    new ShapeError("matmul: a is [3]; it must have at least 2 axes (reshape a vector to one row or column)"),
  );
  expect(() => matmul(randomArray([2, 3], 1), randomArray([3], 2))).toThrow(
    new ShapeError("matmul: b is [3]; it must have at least 2 axes (reshape a vector to one row or column)"),
  );
  expect(() => matmul(randomArray([2, 2, 3], 1), randomArray([4, 3, 2], 2))).toThrow(
    new ShapeError(
      "matmul (batch axes): shapes [2] and [4] do not broadcast: sizes 2 and 4 meet at axis -1; they must be equal, or one of them 1",
    ),
  );
});
