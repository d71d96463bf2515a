import { expect, test } from "vitest";
import { cpu } from "../../src/cpu.js";

const backend = cpu();
const layout = { outer: 1, size: 3, inner: 2, count: 4 };
const index = backend.uploadIndex([2, -1, 0, 2]);

test("rows 2, none, 0, 2 of a [3, 2] matrix", async () => {
  const gathered = backend.gather(layout, backend.upload([1, 2, 3, 4, 5, 6]), index);
  expect([...(await backend.read(gathered))]).toEqual([5, 6, 0, 0, 1, 2, 5, 6]);
});

test("scattered back, the row met twice holds both", async () => {
  const scattered = backend.scatterAdd(layout, backend.upload([1, 2, 3, 4, 5, 6, 7, 8]), index);
  expect([...(await backend.read(scattered))]).toEqual([5, 6, 0, 0, 8, 10]);
});
