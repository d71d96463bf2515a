import { expect, test } from "vitest";
import { integer } from "../../src/gpu/launch.js";

function valueOf(declaration: string): number {
  return new Function("c0", `${declaration} return n;`)(5) as number;
}

test.each([
  ["3", 3],
  ["c0 * 2 - 1", 9],
  ["0 - 0", 0],
  ["4 * 2 - 1", 7],
  ["-1", -1],
  ["-1 + 3", 2],
  ["(2 + 3) * 2", 10],
])("integer declares %s", (value, expected) => {
  expect(valueOf(integer("n", value))).toBe(expected);
});

test("an integer stands before a sum of literals, which gpu.js takes for a float alone", () => {
  expect(integer("n", "4 * 2 - 1")).toContain("n = n - 1 + (4 * 2 - 1);");
  expect(integer("n", "c0 * 2 - 1")).toContain("n = c0 * 2 - 1;");
  expect(integer("n", 3)).toContain("n = 3;");
});
