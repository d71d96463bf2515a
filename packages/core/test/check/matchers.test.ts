import "@paramat/core/check/vitest";
import { cpu } from "@paramat/backends";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { mul, sin, square } from "../../src/ops/index.js";
import { customDerivative } from "../../src/transforms/custom-derivative.js";
import type { Value } from "../../src/value.js";

const x = ndarray(cpu(), [0.5, -1.2]);
const wrong = customDerivative({
  name: "wrong",
  verify: false,
  f: (v) => sin(v as Value),
  jvp: (_, [dv]) => dv as Value,
  vjp: (_, ct) => [mul(2, ct)],
});

describe("matchers", () => {
  test("pass what is right", () => {
    expect((v: Value) => sin(v)).toHaveCorrectGradient(x);
    expect((v: Value) => sin(v)).toHaveCorrectGradient(x, { order: 1, seed: 4 });
    expect((v: Value) => sin(v)).toHaveExactAdjoint(x);
    expect((v: Value) => mul(3, v)).toBeLinear(x);
  });

  test("negate", () => {
    expect((v: Value) => wrong(v)).not.toHaveCorrectGradient(x);
    expect((v: Value) => wrong(v)).not.toHaveExactAdjoint(x);
    expect((v: Value) => square(v)).not.toBeLinear(x);
  });

  test("fail with the report as their message", () => {
    expect(() => expect((v: Value) => wrong(v)).toHaveCorrectGradient(x)).toThrow(
      /checkDerivatives: not ok .*\n[\s\S]*✗ vjp = differences[\s\S]*rerun: checkDerivatives\(f, x, \{ seed: 20 \}\)/,
    );
    expect(() => expect((v: Value) => wrong(v)).toHaveExactAdjoint(x)).toThrow(/✗ adjoint: .*\n {2}x: expected/);
    expect(() => expect((v: Value) => square(v)).toBeLinear(x)).toThrow("✗ linear: f(ax + by) is not a f(x) + b f(y)");
  });
});
