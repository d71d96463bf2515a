import { expect, test } from "vitest";
import { mathTable } from "../../src/gpu/math-table.js";

test("holds ∞, NaN, the largest number, the powers of two, −0 and 0 where the kernels look for them", () => {
  expect([...mathTable.slice(0, 3)]).toEqual([Number.POSITIVE_INFINITY, Number.NaN, 3.4028234663852886e38]);
  for (const k of [-149, -126, -1, 0, 10, 127]) expect(mathTable[152 + k]).toBe(2 ** k);
  expect(mathTable[280]).toBe(-0);
  expect(mathTable[281]).toBe(0);
});
