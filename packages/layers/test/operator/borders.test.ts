import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { composeOperators, cropping, extensionOperator, flipOperator } from "../../src/index.js";
import { expectOperator } from "./expect-operator.js";
import { alongAll, identity, matrix } from "./naive-matrix.js";

const widths = fc.record({ n: fc.integer({ min: 1, max: 4 }), lo: fc.nat(3), hi: fc.nat(3) });

/** Where point p of the extended axis is read, and its sign; walks back into 0 … n − 1 one reflection or turn at a time. */
function source(p: number, n: number, boundary: "zero" | "periodic" | "symmetric" | "antisymmetric"): [number, number] {
  let [at, sign] = [p, 1];
  while (at < 0 || at >= n) {
    if (boundary === "zero") return [0, 0];
    if (boundary === "periodic") at += at < 0 ? n : -n;
    else {
      at = at < 0 ? -1 - at : 2 * n - 1 - at;
      if (boundary === "antisymmetric") sign = -sign;
    }
  }
  return [at, sign];
}

describe("extensionOperator and cropping", () => {
  property.prop(
    [
      fc.array(widths, { minLength: 1, maxLength: 3 }),
      fc.constantFrom("zero" as const, "periodic" as const, "symmetric" as const, "antisymmetric" as const),
      fc.integer({ min: 1, max: 2 }),
    ],
    { numRuns: 30 },
  )("the border is read where the boundary says; cropping cuts it off again", (axes, boundary, channels) => {
    const inShape = [...axes.map((a) => a.n), channels];
    const [lo, hi] = [axes.map((a) => a.lo), axes.map((a) => a.hi)];
    const E = extensionOperator(inShape, lo, hi, boundary);
    const along = axes.map((a) =>
      matrix(a.lo + a.n + a.hi, a.n, (i, j) => {
        const [at, sign] = source(i - a.lo, a.n, boundary);
        return at === j ? sign : 0;
      }),
    );
    expectOperator(E, alongAll([...along, identity(channels)]));
    expectOperator(composeOperators(cropping(E.outShape, lo, hi), E), alongAll(inShape.map(identity)));
  });

  test("by hand, a boundary for each axis", () => {
    const E = extensionOperator([2, 1, 1], [1, 0], [0, 1], ["periodic", "zero"]);
    expectOperator(E, [0, 1, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0]);
    expectOperator(cropping([3], 1, 0), [0, 1, 0, 0, 0, 1]);
  });

  test("refuse what does not fit", () => {
    expect(() => extensionOperator([3], -1, 0, "zero")).toThrow("extensionOperator: lo is -1; it must be an integer ≥ 0");
    expect(() => extensionOperator([3], 1, 1, ["zero", "zero"])).toThrow(
      'extensionOperator: boundary is ["zero","zero"]; it must be one of zero,',
    );
    expect(() => cropping([3], 1, 2)).toThrow("cropping: 1 + 2 points of an axis of 3; at least one point must be left");
  });
});

describe("flipOperator", () => {
  property.prop([fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 })], { numRuns: 15 })(
    "reverses chosen axes, and twice is the identity",
    (shape) => {
      const F = flipOperator(shape, { axes: 0 });
      const reversed = matrix(shape[0] as number, shape[0] as number, (i, j) => (i + j === (shape[0] as number) - 1 ? 1 : 0));
      expectOperator(F, alongAll([reversed, ...shape.slice(1).map(identity)]));
      expectOperator(composeOperators(F, F), alongAll(shape.map(identity)));
    },
  );
});
