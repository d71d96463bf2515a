import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { composeOperators, restriction, upsampling } from "../../src/index.js";
import { expectOperator } from "./expect-operator.js";
import { alongAll, identity, matrix } from "./naive-matrix.js";

const boundaries = ["zero", "periodic", "replicate", "symmetric"] as const;

/** Row factor·i + r of the refined axis, from the definition. */
function along(n: number, factor: number, method: "zero" | "nearest" | "linear", boundary: (typeof boundaries)[number]) {
  const beyond = boundary === "zero" ? -1 : boundary === "periodic" ? 0 : n - 1;
  return matrix(factor * n, n, (row, j) => {
    const [i, r] = [Math.floor(row / factor), row % factor];
    if (method === "zero") return r === 0 && j === i ? 1 : 0;
    if (method === "nearest") return j === i ? 1 : 0;
    const next = i + 1 < n ? i + 1 : beyond;
    return (j === i ? 1 - r / factor : 0) + (j === next ? r / factor : 0);
  });
}

describe("upsampling", () => {
  property.prop(
    [
      fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 }),
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 }),
      fc.constantFrom("zero" as const, "nearest" as const, "linear" as const),
      fc.constantFrom(...boundaries),
      fc.integer({ min: 1, max: 2 }),
    ],
    { numRuns: 40 },
  )("puts zeros, copies or means between the points; restriction undoes it", (grid, drawn, method, boundary, channels) => {
    const factors = drawn.slice(0, grid.length);
    const P = upsampling([...grid, channels], factors, { method, boundary });
    expectOperator(P, alongAll([...grid.map((n, a) => along(n, factors[a] as number, method, boundary)), identity(channels)]));
    expectOperator(composeOperators(restriction(P.outShape, factors), P), alongAll([...grid, channels].map(identity)));
  });

  test("two points by hand", () => {
    const y = ndarray(cpu("float64"), [[1, 4]]);
    expect(upsampling([2], 3).apply(y).toNested()).toEqual([[1, 1, 1, 4, 4, 4]]);
    expect(upsampling([2], 2, { method: "zero" }).apply(y).toNested()).toEqual([[1, 0, 4, 0]]);
    expect(upsampling([2], 2, { method: "linear", boundary: "periodic" }).apply(y).toNested()).toEqual([[1, 2.5, 4, 2.5]]);
  });

  test("refuses factors that are not positive integers", () => {
    expect(() => upsampling([4, 1], 1.5)).toThrow("upsampling: factor is 1.5; it must be an integer ≥ 1");
  });
});
