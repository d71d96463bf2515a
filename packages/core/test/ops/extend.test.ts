import { type Boundary, boundaries, extend, extendTranspose, grad, mul, ndarray, ShapeError, sum, type Value } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backend, expectEntries, expectEveryOrder, expectLinear, randomArray, reader } from "./linear-laws.js";

/** The entry of x₀ … x_{n−1} at position i beyond its ends, walking step by step; null is zero. */
function source(boundary: Boundary, i: number, n: number): { at: number; sign: number } | null {
  let at = i;
  let sign = 1;
  while (at < 0 || at >= n) {
    if (boundary === "zero") return null;
    if (boundary === "periodic") at += at < 0 ? n : -n;
    else if (boundary === "replicate" || n === 1) {
      // One entry alone is its own mirror image; each reflection of it by the half sample turns the sign.
      if (boundary !== "antisymmetric") return { at: at < 0 ? 0 : n - 1, sign: 1 };
      return { at: 0, sign: at % 2 === 0 ? 1 : -1 };
    } else if (boundary === "reflect") at = at < 0 ? -at : 2 * (n - 1) - at;
    else {
      at = at < 0 ? -1 - at : 2 * n - 1 - at;
      if (boundary === "antisymmetric") sign = -sign;
    }
  }
  return { at, sign };
}

describe.each(boundaries)("extend, %s", (boundary) => {
  test("goes on as its formula says, however far, and its transpose is exact", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4 }),
        fc.nat(10),
        fc.nat(10),
        fc.nat(2),
        fc.nat(2),
        fc.nat(2),
        (n, lo, hi, outer, inner, axis) => {
          const shape = [outer, inner].toSpliced(axis, 0, n);
          const x = randomArray(shape, lo + hi);
          const read = reader(x);
          expectEntries(extend(x, axis, lo, hi, boundary), shape.with(axis, lo + n + hi), (i) => {
            const from = source(boundary, (i[axis] as number) - lo, n);
            return from ? from.sign * read(i.with(axis, from.at)) : 0;
          });
          expectLinear((v) => extend(v, axis, lo, hi, boundary), x);
          const z = randomArray(shape.with(axis, lo + n + hi), 5);
          const folded = grad((v: Value) => sum(mul(extend(v, axis, lo, hi, boundary), z)))(x);
          expect(extendTranspose(z, axis, lo, hi, boundary).toNested()).toEqual(folded.toNested());
          expectLinear((v) => extendTranspose(v, axis, lo, hi, boundary), z);
        },
      ),
      { numRuns: 50 },
    );
  });

  test("derivatives of every order", () => {
    expectEveryOrder((x) => extend(x, 1, 2, 4, boundary), randomArray([2, 3], 6));
  });
});

test.each<[Boundary, number[]]>([
  ["zero", [0, 0, 1, 2, 3, 0, 0, 0, 0]],
  ["periodic", [2, 3, 1, 2, 3, 1, 2, 3, 1]],
  ["reflect", [3, 2, 1, 2, 3, 2, 1, 2, 3]],
  ["symmetric", [2, 1, 1, 2, 3, 3, 2, 1, 1]],
  ["replicate", [1, 1, 1, 2, 3, 3, 3, 3, 3]],
  ["antisymmetric", [-2, -1, 1, 2, 3, -3, -2, -1, 1]],
])("literal, %s: 1, 2, 3 by 2 before and 4 after", (boundary, want) => {
  expect(extend(ndarray(backend, [1, 2, 3]), 0, 2, 4, boundary).toNested()).toEqual(want);
});

test("literal, transposed: periodic wraps the border round", () => {
  expect(extendTranspose(ndarray(backend, [1, 2, 3, 4, 5, 6]), 0, 2, 1, "periodic").toNested()).toEqual([3 + 6, 1 + 4, 2 + 5]);
});

test("an empty axis goes on with zeros only", () => {
  expect(extend(ndarray(backend, []), 0, 1, 2, "zero").toNested()).toEqual([0, 0, 0]);
  expect(() => extend(ndarray(backend, []), 0, 1, 2, "periodic")).toThrow(
    new ShapeError("extend: axis 0 of [0] is empty; there is nothing that periodic could repeat"),
  );
});

test("refuses widths that are negative, and a boundary that is not one", () => {
  const x = randomArray([2, 3], 1);
  expect(() => extend(x, 1, -1, 0, "zero")).toThrow(new ShapeError("extend: widths -1 and 0; they must be integers ≥ 0"));
  expect(() => extend(x, 1, 1, 0, "dirichlet" as Boundary)).toThrow(
    new ShapeError("extend: boundary is dirichlet; it must be one of zero, periodic, reflect, symmetric, replicate, antisymmetric"),
  );
  expect(() => extendTranspose(x, 1, 2, 2, "zero")).toThrow(
    new ShapeError("extendTranspose: axis 1 of [2, 3] is shorter than its border of 2 + 2"),
  );
});
