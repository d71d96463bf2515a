import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Point } from "../../src/conformance/point.js";
import { shrink } from "../../src/conformance/shrink.js";

const pointOf = (theta: number[], y: number[][]): Point<"θ" | "y"> => ({
  θ: { flat: Float64Array.from(theta), shape: [theta.length] },
  y: { flat: Float64Array.from(y.flat()), shape: [y.length, (y[0] as number[]).length] },
});

describe("shrink", () => {
  test("finds the unit vectors that a fault in one entry needs", () => {
    const start = pointOf(
      [0.3, -1.7, 2.2],
      [
        [0.1, 0.2, 0.3, 0.4],
        [1.5, -2.5, 3.5, 4.5],
      ],
    );
    const small = shrink(start, ({ θ, y }) => θ.flat[1] !== 0 && y.flat.some((x, k) => k % 4 === 2 && x !== 0));
    expect(Array.from(small.θ.flat)).toEqual([0, 1, 0]);
    expect([small.y.shape, Array.from(small.y.flat)]).toEqual([
      [1, 4],
      [0, 0, 1, 0],
    ]);
  });

  test("keeps two examples where two are needed, and 2 where 1 hides the fault", () => {
    const start = pointOf([0.3], [[0.7], [-0.8]]);
    const small = shrink(start, ({ θ, y }) => y.shape[0] === 2 && (θ.flat[0] as number) ** 2 !== θ.flat[0] && y.flat.every((x) => x !== 0));
    expect(Array.from(small.θ.flat)).toEqual([2]);
    expect(Array.from(small.y.flat)).toEqual([1, 1]);
  });

  test("what it finds still fails, and leaves the point it was given as it was", () => {
    const numbers = fc.array(fc.double({ min: -5, max: 5, noNaN: true }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(numbers, numbers, fc.nat(8), (theta, y, k) => {
        const start = pointOf(theta, [y]);
        const before = structuredClone(start);
        const fails = (p: Point<"θ" | "y">) =>
          Math.abs(p.θ.flat[k % theta.length] as number) >= Math.abs(theta[k % theta.length] as number) / 2;
        expect(fails(shrink(start, fails))).toBe(true);
        expect(start).toEqual(before);
      }),
    );
  });
});
