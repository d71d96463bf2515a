import { expect, test } from "vitest";
import { cpu } from "../../src/cpu.js";

test("[[1, 2], [3, 4], [5, 6]] along the middle, from either end", async () => {
  const backend = cpu();
  const x = backend.upload([1, 2, 3, 4, 5, 6]);
  expect([...(await backend.read(backend.scan(1, 3, 2, false, x)))]).toEqual([1, 2, 4, 6, 9, 12]);
  expect([...(await backend.read(backend.scan(1, 3, 2, true, x)))]).toEqual([9, 12, 8, 10, 5, 6]);
});
