import { cpu } from "@paramat/backends";
import { secondOrderTest } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { exp, matmul, mul } from "../../src/ops/index.js";
import type { Value } from "../../src/value.js";
import { plantedFault } from "./planted-faults.js";

const backend = cpu();
const A = ndarray(backend, [
  [1, 2],
  [3, 4],
]);

describe("secondOrderTest", () => {
  test("passes where all modes agree", () => {
    const found = secondOrderTest(([p, q]: readonly Value[]) => exp(mul(0.3, matmul(p as Value, q as Value))), [A, A]);
    expect([found.differences.verdict, found.modes.verdict, found.symmetry.verdict]).toEqual(["ok", "ok", "ok"]);
  });

  test("a second derivative that is wrong in all modes differs from differences of gradients", () => {
    const found = secondOrderTest(...plantedFault("second derivative wrong"));
    expect([found.differences.verdict, found.modes.verdict]).toEqual(["wrong", "ok"]);
    // 6x expected, 3x found.
    const { expected, found: seen } = found.differences.offender as { expected: number; found: number };
    expect(expected / seen).toBeCloseTo(2, 8);
  });

  test("modes that differ, and a Hessian that is not symmetric", () => {
    const swapped = secondOrderTest(...plantedFault("swapped arguments"));
    expect(swapped.modes.verdict).toBe("wrong");
    expect(swapped.symmetry.verdict).toBe("wrong");
  });
});
