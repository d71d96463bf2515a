import { ndarray } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { inner, plus, scaled } from "../../src/minimize/tree-vector.js";
import { backend } from "./problems.js";

const a = { W: ndarray(backend, [[1, 2]]), rest: [ndarray(backend, 3)] };
const b = { W: ndarray(backend, [[-1, 0.5]]), rest: [ndarray(backend, 2)] };

describe("vectors that are trees", () => {
  it("have an inner product over all leaves", () => {
    expect(inner(a, b).item()).toBe(-1 + 1 + 6);
  });

  it("are added and scaled leaf by leaf, and keep their form", () => {
    const sum = plus(a, 2, b);
    expect([sum.W.toNested(), sum.rest[0]?.item()]).toEqual([[[-1, 3]], 7]);
    expect(scaled(-1, a).W.toNested()).toEqual([[-1, -2]]);
    expect(a.W.toNested()).toEqual([[1, 2]]);
  });
});
