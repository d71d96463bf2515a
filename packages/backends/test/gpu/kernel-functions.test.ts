import { expect, test } from "vitest";
import { functionsUsed } from "../../src/gpu/kernel-functions.js";

test("whole gives every position up to 2²⁴ itself, where sums are rounded to float32", () => {
  const { source } = functionsUsed("whole(a1[i])").at(-1)!;
  const added = Number(/Math\.floor\(x \+ ([\d.]+)\)/.exec(source)![1]);
  for (const position of [0, 1, 2 ** 22 + 1, 2 ** 23 - 1, 2 ** 23 + 1, 2 ** 23 + 2, 2 ** 24 - 1, 2 ** 24]) {
    expect(Math.floor(Math.fround(position + added))).toBe(position);
  }
});
