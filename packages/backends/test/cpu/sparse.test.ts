import { expect, test } from "vitest";
import { cpu } from "../../src/cpu.js";

// K = [[2, 0, 3], [0, 0, 5]]
const backend = cpu();
const pattern = { numRows: 2, numCols: 3, rows: Int32Array.of(0, 0, 1), cols: Int32Array.of(0, 2, 2) };
const values = backend.upload([2, 3, 5]);

test.each([1, 5])("K y, Kᵀ z and z yᵀ on the pattern, for %i equal examples", async (examples) => {
  const repeat = (x: number[]) => Array.from({ length: examples }, () => x).flat();
  const y = backend.upload(repeat([1, 10, 100]));
  const z = backend.upload(repeat([1, -1]));
  expect([...(await backend.read(backend.sparse("apply", pattern, examples, values, y)))]).toEqual(repeat([302, 500]));
  expect([...(await backend.read(backend.sparse("applyTranspose", pattern, examples, values, z)))]).toEqual(repeat([2, 0, -2]));
  const sampled = await backend.read(backend.sparse("jacobianTranspose", pattern, examples, y, z));
  expect([...sampled]).toEqual([1, 100, -100].map((product) => examples * product));
});
