import { cpu } from "@paramat/backends";
import { repeatabilityTest } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { add, cos, exp, mul, sin } from "../../src/ops/index.js";
import { rng } from "../../src/rng.js";
import { customDerivative } from "../../src/transforms/custom-derivative.js";
import type { Value } from "../../src/value.js";
import { plantedFault } from "./planted-faults.js";

const backend = cpu();
const x = ndarray(backend, [0.5, -1.2, 2]);

describe("repeatabilityTest", () => {
  test("passes functions without state", () => {
    expect(repeatabilityTest((v: Value) => exp(v), x).verdict).toBe("ok");
  });

  test("catches noise, and state that a later call leaves behind", () => {
    expect(repeatabilityTest(...plantedFault("not repeatable")).summary).toContain("f(x) differs when run");
    let last: Value | null = null;
    const op = customDerivative({
      name: "sin",
      f: (v) => {
        last = v as Value;
        return sin(v as Value);
      },
      vjp: (_, ct) => [mul(ct, cos(last as Value))],
    });
    expect(repeatabilityTest((v: Value) => op(v), x).summary).toBe("J dx of an earlier tape differs after a later one");
    const stream = rng(3);
    const noisyRule = customDerivative({
      name: "sin",
      f: (v) => sin(v as Value),
      vjp: ([v], ct) => [mul(ct, add(cos(v as Value), 1e-12 * stream.normal()))],
    });
    expect(repeatabilityTest((v: Value) => noisyRule(v), x).verdict).toBe("wrong");
  });
});
