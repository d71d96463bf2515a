import { cpu } from "@paramat/backends";
import { grad, mul, ndarray, sum } from "@paramat/core";
import { describe, expect, it } from "vitest";
import type { Penalty } from "../src/regularizer.js";
import { sumOf } from "../src/sum-of.js";
import { tikhonov } from "../src/tikhonov.js";
import { weighted } from "../src/weighted.js";

const backend = cpu("float64");
const W = ndarray(backend, [1, -2]);
const linear: Penalty = (params) => sum(mul(params as typeof W, 3));

describe("weighted", () => {
  it("multiplies the value and the gradient", () => {
    expect(weighted(0.5, linear)(W).item()).toBe(-1.5);
    expect(grad(weighted(0.5, linear))(W).toNested()).toEqual([1.5, 1.5]);
  });

  it("refuses a weight that is negative or not finite", () => {
    expect(() => weighted(-1, linear)).toThrow(new RangeError("weighted: lambda is -1; it must be a finite number ≥ 0"));
    expect(() => weighted(Number.NaN, linear)).toThrow(RangeError);
  });
});

describe("sumOf", () => {
  it("adds values and gradients", () => {
    // ½(1 + 4) + 3(1 − 2) = −0.5; (1, −2) + (3, 3)
    const both = sumOf(tikhonov(), linear);
    expect(both(W).item()).toBe(-0.5);
    expect(grad(both)(W).toNested()).toEqual([4, 1]);
  });

  it("refuses to add nothing", () => {
    expect(() => sumOf()).toThrow(new TypeError("sumOf: there is no regularizer to add; give at least one"));
  });
});
