import { expect, test } from "vitest";
import { cpu } from "../../src/cpu.js";

const backend = cpu();
const matrix = (rows: readonly (readonly number[])[]) => ({
  buffer: backend.upload(rows.flat()),
  offset: 0,
  strides: [rows[0]!.length, 1],
});

test("[2, 3] times [3, 2], by hand", async () => {
  const a = matrix([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const b = matrix([
    [1, 0],
    [0, 1],
    [2, -1],
  ]);
  expect([...(await backend.read(backend.contract({ batch: [], m: 2, n: 2, k: 3 }, a, b)))]).toEqual([7, -1, 16, -1]);
});

test("a transposed view multiplies by the transpose", async () => {
  const a = {
    ...matrix([
      [1, 2],
      [3, 4],
    ]),
    strides: [1, 2],
  };
  const b = matrix([
    [1, 0],
    [0, 1],
  ]);
  expect([...(await backend.read(backend.contract({ batch: [], m: 2, n: 2, k: 2 }, a, b)))]).toEqual([1, 3, 2, 4]);
});

test("an empty inner axis gives zeros", async () => {
  const none = { buffer: backend.upload([]), offset: 0, strides: [0, 0] };
  expect([...(await backend.read(backend.contract({ batch: [], m: 1, n: 2, k: 0 }, none, none)))]).toEqual([0, 0]);
});

test("either factor may be shared by the batch", async () => {
  const many = { buffer: backend.upload([1, 2, 3, 4]), offset: 0, strides: [2, 2, 1] };
  const shared = { buffer: backend.upload([10, 100]), offset: 0, strides: [0, 1, 1] };
  expect([...(await backend.read(backend.contract({ batch: [2], m: 1, n: 1, k: 2 }, many, shared)))]).toEqual([210, 430]);
  const row = { ...shared, strides: [0, 2, 1] };
  const columns = { ...many, strides: [2, 1, 2] };
  expect([...(await backend.read(backend.contract({ batch: [2], m: 1, n: 1, k: 2 }, row, columns)))]).toEqual([210, 430]);
});

test("float32 sums in float64 and rounds once", async () => {
  const single = cpu("float32");
  const ones = { buffer: single.upload([2 ** 24, 1, 1]), offset: 0, strides: [3, 1] };
  const column = { buffer: single.upload([1, 1, 1]), offset: 0, strides: [1, 1] };
  expect([...(await single.read(single.contract({ batch: [], m: 1, n: 1, k: 3 }, ones, column)))]).toEqual([2 ** 24 + 2]);
});
