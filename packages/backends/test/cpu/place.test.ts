import { expect, test } from "vitest";
import { cpu } from "../../src/cpu.js";

const backend = cpu();
const source = (x: number[]) => ({ buffer: backend.upload(x), offset: 0, strides: [1] });

test("two parts of three in five entries add where they meet", async () => {
  const parts = [0, 2].map((offset) => ({ source: source([1, 2, 3]), shape: [3], offset, strides: [1] }));
  expect([...(await backend.read(backend.place([5], parts)))]).toEqual([1, 2, 4, 2, 3]);
});

test("stride 0 sums a part into one entry; a negative stride turns it round", async () => {
  expect([...(await backend.read(backend.place([2], [{ source: source([1, 2, 3]), shape: [3], offset: 1, strides: [0] }])))]).toEqual([
    0, 6,
  ]);
  expect([...(await backend.read(backend.place([3], [{ source: source([1, 2, 3]), shape: [3], offset: 2, strides: [-1] }])))]).toEqual([
    3, 2, 1,
  ]);
});

test("no part gives zeros", async () => {
  expect([...(await backend.read(backend.place([2, 1], [])))]).toEqual([0, 0]);
});
