import { ndarray } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { dot, norm, plus, scaled } from "../../src/minimize/tree-vector.js";
import { backend } from "./problems.js";

const a = { W: ndarray(backend, [[1, 2]]), rest: [ndarray(backend, 3)] };
const b = { W: ndarray(backend, [[-1, 0.5]]), rest: [ndarray(backend, 2)] };

describe("vectors that are trees", () => {
  it("have an inner product and a length over all leaves", async () => {
    expect(await dot(a, b)).toBe(-1 + 1 + 6);
    expect(await norm({ x: ndarray(backend, [2, 3]), y: ndarray(backend, 6) })).toBe(7);
  });

  it("are added and scaled leaf by leaf, and keep their form", () => {
    const sum = plus(a, 2, b);
    expect([sum.W.toNested(), sum.rest[0]?.item()]).toEqual([[[-1, 3]], 7]);
    expect(scaled(-1, a).W.toNested()).toEqual([[-1, -2]]);
    expect(a.W.toNested()).toEqual([[1, 2]]);
  });
});
