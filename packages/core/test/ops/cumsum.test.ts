import { cpu } from "@paramat/backends";
import fc from "fast-check";
import { expect, test } from "vitest";
import { cumsum, dot, grad, linearize, mul, ndarray, type Shape, ShapeError, sizeOf, sum, type Value } from "../../src/index.js";

const backend = cpu("float64");

test("of literal rows, forwards and from the end", () => {
  const x = ndarray(backend, [
    [1, 2, 3],
    [10, 20, 30],
  ]);
  expect(cumsum(x).toNested()).toEqual([
    [1, 3, 6],
    [10, 30, 60],
  ]);
  expect(cumsum(x, { reverse: true }).toNested()).toEqual([
    [6, 5, 3],
    [60, 50, 30],
  ]);
  expect(cumsum(x, { axis: 0 }).toNested()).toEqual([
    [1, 2, 3],
    [11, 22, 33],
  ]);
});

test("the gradient of Σ wₖ zₖ is the sum of w from the end", () => {
  const weights = ndarray(backend, [1, 10, 100]);
  expect(grad((x: Value) => sum(mul(weights, cumsum(x))))(ndarray(backend, [0, 0, 0])).toNested()).toEqual([111, 110, 100]);
});

test("is the loop of its definition along any axis, and ⟨z, A x⟩ = ⟨Aᵀ z, x⟩", () => {
  fc.assert(
    fc.property(cases(), ({ shape, axis, reverse, x, z }) => {
      const inner = sizeOf(shape.slice(axis + 1));
      const n = shape[axis] as number;
      const wanted = x.map((_, i) => {
        const k = Math.floor(i / inner) % n;
        const others = Array.from({ length: n }, (_, l) => l).filter((l) => (reverse ? l >= k : l <= k));
        return others.reduce((total, l) => total + (x[i + (l - k) * inner] as number), 0);
      });
      const at = ndarray(backend, x, shape);
      const line = linearize((x: Value) => cumsum(x, { axis, reverse }), at);
      // Small integers add without rounding.
      expect([...line.value.toArray()]).toEqual(wanted);
      const ct = ndarray(backend, z, shape);
      expect(dot(ct, line.apply(at)).item()).toBe(dot(line.applyTranspose(ct), at).item());
    }),
  );
});

test("keeps empty shapes, and refuses an axis that is not there", () => {
  expect(cumsum(ndarray(backend, [], [2, 0])).shape).toEqual([2, 0]);
  expect(cumsum(ndarray(backend, [], [0, 2])).shape).toEqual([0, 2]);
  expect(() => cumsum(ndarray(backend, 1))).toThrow(ShapeError);
  expect(() => cumsum(ndarray(backend, [1]), { axis: 1 })).toThrow(
    "cumsum: axis 1 is outside an array of 1 axes; it must be an integer in -1 … 0",
  );
});

function cases(): fc.Arbitrary<{ shape: Shape; axis: number; reverse: boolean; x: number[]; z: number[] }> {
  return fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }).chain((shape) => {
    const entries = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: sizeOf(shape), maxLength: sizeOf(shape) });
    return fc.record({ shape: fc.constant(shape), axis: fc.nat(shape.length - 1), reverse: fc.boolean(), x: entries, z: entries });
  });
}
