import { cpu } from "@paramat/backends";
import { immutabilityTest } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { sin, square, sum } from "../../src/ops/index.js";
import type { Value } from "../../src/value.js";
import { plantedFault } from "./planted-faults.js";

const backend = cpu();
const x = ndarray(backend, [0.5, -1.2, 2]);

describe("immutabilityTest", () => {
  test("passes, and counts what it looked at", () => {
    expect(immutabilityTest((v: Value) => sum(sin(square(v))), x).summary).toBe("x and 4 results on the way keep their bits");
  });

  test("names what writes into x, and leaves the caller's x alone", () => {
    const [f, at] = plantedFault("input mutated");
    const before = at[0]?.toNested();
    const result = immutabilityTest(f, at);
    expect(result.verdict).toBe("wrong");
    expect(result.summary).toBe("f writes into x[0]");
    expect(at[0]?.toNested()).toEqual(before);
  });

  test("finds an op that writes into a result on the way", () => {
    const [f] = plantedFault("input mutated");
    const result = immutabilityTest((v: Value) => f([sin(v)]), x);
    expect(result.verdict).toBe("wrong");
    expect(result.summary).toContain("result of sin at [0]");
  });
});
