import { cpu } from "@paramat/backends";
import { precisionTest } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { cos, exp, matmul, mul, sin, sub } from "../../src/ops/index.js";
import type { Value } from "../../src/value.js";

const backend = cpu();
const x = ndarray(backend, [0.5, -1.2, 2]);
const A = ndarray(backend, [
  [1, 2],
  [3, 4],
]);

describe("precisionTest", () => {
  const float32 = cpu("float32");

  test("passes stable formulas, whatever the condition", () => {
    expect(precisionTest((v: Value) => sin(mul(1000, v)), x, { backend: float32 }).verdict).toBe("ok");
    expect(precisionTest(([p, q]: readonly Value[]) => matmul(p as Value, q as Value), [A, A], { backend: float32 }).verdict).toBe("ok");
  });

  test("catches cancellation and overflow that float64 hides", () => {
    // (1 − cos x) for small x keeps no digit in float32.
    expect(precisionTest((v: Value) => sub(1, cos(v)), ndarray(backend, [1e-4]), { backend: float32 }).verdict).toBe("wrong");
    const overflowing = precisionTest((v: Value) => mul(exp(v), exp(mul(-1, v))), ndarray(backend, [100]), { backend: float32 });
    expect(overflowing.verdict).toBe("wrong");
    expect(overflowing.summary).toContain("Infinity");
  });

  test("refuses a function that mixes in arrays of x's backend", () => {
    expect(() => precisionTest((v: Value) => mul(v, x), x, { backend: float32 })).toThrow("mul: arrays live on");
  });
});
