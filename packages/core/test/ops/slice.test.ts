import { ndarray, ShapeError, slice, sliceAll } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backend, expectEntries, expectEveryOrder, expectLinear, randomArray, reader, shapes } from "./linear-laws.js";

/** The positions that a range takes, counted one by one. */
function positions(n: number, start: number | undefined, stop: number | undefined, step: number): number[] {
  const index = (i: number) => (i < 0 ? i + n : i);
  const taken: number[] = [];
  if (step > 0) {
    for (let i = start === undefined ? 0 : index(start); i < (stop === undefined ? n : index(stop)); i += step) taken.push(i);
  } else {
    for (let i = start === undefined ? n - 1 : Math.min(index(start), n - 1); i > (stop === undefined ? -1 : index(stop)); i += step)
      taken.push(i);
  }
  return taken;
}

describe("slice", () => {
  test("takes every step-th entry from start to stop, and is linear", () => {
    const step = fc.integer({ min: -3, max: 3 }).filter((s) => s !== 0);
    fc.assert(
      fc.property(shapes(1, 3), fc.gen(), step, (shape, gen, by) => {
        const axis = gen(() => fc.integer({ min: -shape.length, max: shape.length - 1 }));
        const n = shape.at(axis) as number;
        const end = () => fc.option(fc.integer({ min: -n, max: n }), { nil: undefined });
        const [start, stop] = [gen(end), gen(end)];
        const x = randomArray(shape, 3);
        const read = reader(x);
        const taken = positions(n, start, stop, by);
        const at = axis < 0 ? axis + shape.length : axis;
        const want = shape.map((size, a) => (a === at ? taken.length : size));
        expectEntries(slice(x, axis, start, stop, by), want, (i) => read(i.map((k, a) => (a === at ? (taken[k] as number) : k))));
        expectLinear((v) => slice(v, axis, start, stop, by), x);
      }),
    );
  });

  test("literal: columns of a matrix", () => {
    const x = ndarray(backend, [
      [1, 2, 3, 4],
      [5, 6, 7, 8],
    ]);
    expect(slice(x, 1, 1, 3).toNested()).toEqual([
      [2, 3],
      [6, 7],
    ]);
    expect(slice(x, -1, -1).toNested()).toEqual([[4], [8]]);
    expect(slice(x, 1, 3, 0, -2).toNested()).toEqual([
      [4, 2],
      [8, 6],
    ]);
    expect(slice(x, 0, 1, 1).shape).toEqual([0, 4]);
  });

  test("derivatives of every order", () => {
    expectEveryOrder((x) => slice(x, 1, undefined, undefined, -2), randomArray([2, 5], 4));
  });

  test("refuses what is outside", () => {
    const x = randomArray([2, 3], 1);
    expect(() => slice(x, 1, 4)).toThrow(new ShapeError("slice: start 4 is outside axis 1 of [2, 3]; it must be an integer in -3 … 3"));
    expect(() => slice(x, 1, 0, 1.5)).toThrow(
      new ShapeError("slice: stop 1.5 is outside axis 1 of [2, 3]; it must be an integer in -3 … 3"),
    );
    expect(() => slice(x, 1, 0, 2, 0)).toThrow(new ShapeError("slice: step 0 along axis 1; it must be an integer other than 0"));
    expect(() => slice(x, 2, 0)).toThrow("slice: axis 2 is outside an array of 2 axes");
  });
});

describe("sliceAll", () => {
  test("equals one slice after the other", () => {
    const x = randomArray([4, 5, 2], 8);
    const ranges = [{ start: 1, stop: -1 }, { step: -2 }];
    expect(sliceAll(x, ranges).toNested()).toEqual(slice(slice(x, 0, 1, -1), 1, undefined, undefined, -2).toNested());
    expect(sliceAll(x, [null, { start: 3 }]).toNested()).toEqual(slice(x, 1, 3).toNested());
    expectLinear((v) => sliceAll(v, ranges), x);
  });

  test("refuses more ranges than axes", () => {
    expect(() => sliceAll(randomArray([2], 1), [null, null])).toThrow(
      new ShapeError("sliceAll: 2 ranges for an array of shape [2]; it has 1 axes"),
    );
  });
});
