import { cpu } from "@paramat/backends";
import { structuralZerosTest } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { mul, sin } from "../../src/ops/index.js";
import { stopGradient } from "../../src/transforms/stop-gradient.js";
import type { Value } from "../../src/value.js";

const backend = cpu();
const x = ndarray(backend, [0.5, -1.2, 2]);
const A = ndarray(backend, [
  [1, 2],
  [3, 4],
]);

describe("structuralZerosTest", () => {
  test("a leaf that f does not use is zero both ways", () => {
    expect(structuralZerosTest(([p]: readonly Value[]) => sin(p as Value), [x, A]).summary).toBe("x[1]: zero by differences too");
    expect(structuralZerosTest((v: Value) => sin(v), x).summary).toBe("no leaf has one");
  });

  test("a leaf that is read past the tape is named", () => {
    const result = structuralZerosTest(({ w, b }: { w: Value; b: Value }) => mul(w, stopGradient(b)), { w: x, b: x });
    expect(result.verdict).toBe("wrong");
    expect(result.offender?.input?.name).toBe("x.b");
    expect(result.summary).toContain("the tape finds no way from x.b to f(x)");
  });
});
