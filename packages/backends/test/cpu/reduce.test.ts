import { expect, test } from "vitest";
import type { Reduction } from "../../src/backend.js";
import { cpu } from "../../src/cpu.js";

const backend = cpu();
const reduce = async (kind: Reduction, shape: number[], axes: number[], x: number[]) => [
  ...(await backend.read(backend.reduce(kind, shape, axes, backend.upload(x)))),
];

test("[[1, 2, 3], [4, 5, 6]] over rows, columns, both and none", async () => {
  const x = [1, 2, 3, 4, 5, 6];
  expect(await reduce("sum", [2, 3], [0], x)).toEqual([5, 7, 9]);
  expect(await reduce("sum", [2, 3], [1], x)).toEqual([6, 15]);
  expect(await reduce("sum", [2, 3], [0, 1], x)).toEqual([21]);
  expect(await reduce("max", [2, 3], [], x)).toEqual(x);
});

test("a middle axis, and the outer two of three", async () => {
  const x = [0, 1, 2, 3, 4, 5, 6, 7];
  expect(await reduce("sum", [2, 2, 2], [1], x)).toEqual([2, 4, 10, 12]);
  expect(await reduce("min", [2, 2, 2], [0, 2], x)).toEqual([0, 2]);
});

test("empty reductions have their identities", async () => {
  expect(await reduce("sum", [2, 0], [1], [])).toEqual([0, 0]);
  expect(await reduce("max", [0], [0], [])).toEqual([-Infinity]);
  expect(await reduce("min", [0], [0], [])).toEqual([Infinity]);
  expect(await reduce("argmax", [2, 0], [1], [])).toEqual([-1, -1]);
});

test("NaN wins wherever it stands; argmax takes the first maximum", async () => {
  expect(await reduce("max", [3], [0], [NaN, 1, 2])).toEqual([NaN]);
  expect(await reduce("min", [3], [0], [1, 2, NaN])).toEqual([NaN]);
  expect(await reduce("argmax", [4], [0], [1, 3, 3, 2])).toEqual([1]);
  expect(await reduce("argmax", [4], [0], [1, NaN, 3, NaN])).toEqual([1]);
  expect(await reduce("argmax", [2, 2], [0], [1, 5, 2, 4])).toEqual([1, 0]);
});
