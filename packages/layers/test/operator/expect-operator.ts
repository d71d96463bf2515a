import { cpu } from "@paramat/backends";
import { expect } from "vitest";
import type { LinearOperator } from "../../src/index.js";
import { checkOperator } from "../../src/laws.js";

/** Every law holds, and the map is the matrix written out, row-major. */
export function expectOperator(A: LinearOperator, matrix: ArrayLike<number>, seed = 1): void {
  const report = checkOperator(A, cpu("float64"), { seed, matrix });
  expect(report.ok, String(report)).toBe(true);
}
