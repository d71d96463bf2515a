import { moveAxis, ndarray, ShapeError, swapAxes, transpose } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backend, expectEntries, expectEveryOrder, expectLinear, randomArray, reader, shapes } from "./linear-laws.js";

describe("transpose", () => {
  test("axis a of the result is axis axes[a] of x, and it is linear", () => {
    fc.assert(
      fc.property(shapes(0, 4), fc.gen(), (shape, gen) => {
        const all = shape.map((_, axis) => axis);
        const axes = gen(() => fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }));
        const x = randomArray(shape, 2);
        const read = reader(x);
        const want = axes.map((from) => shape[from] as number);
        expectEntries(transpose(x, axes), want, (i) => read(all.map((axis) => i[axes.indexOf(axis)] as number)));
        expectLinear((v) => transpose(v, axes), x);
      }),
    );
  });

  test("literal: rows become columns", () => {
    const x = ndarray(backend, [
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(transpose(x).toNested()).toEqual([
      [1, 4],
      [2, 5],
      [3, 6],
    ]);
  });

  test("derivatives of every order", () => {
    expectEveryOrder((x) => transpose(x, [1, 2, 0]), randomArray([2, 3, 2], 7));
  });

  test("refuses axes that are not an order of all", () => {
    const x = randomArray([2, 3], 1);
    expect(() => transpose(x, [0, 0])).toThrow(
      new ShapeError("transpose: axes [0, 0] for shape [2, 3]; each of its 2 axes must be named once"),
    );
    expect(() => transpose(x, [1])).toThrow(new ShapeError("transpose: axes [1] for shape [2, 3]; each of its 2 axes must be named once"));
    expect(() => transpose(x, [0, 2])).toThrow("transpose: axis 2 is outside an array of 2 axes");
  });
});

test("swapAxes exchanges two axes, moveAxis moves one past the others", () => {
  const x = randomArray([2, 3, 4, 5], 1);
  expect(swapAxes(x, 0, -1).shape).toEqual([5, 3, 4, 2]);
  expect(swapAxes(x, 0, -1).toNested()).toEqual(transpose(x, [3, 1, 2, 0]).toNested());
  expect(moveAxis(x, 0, 2).shape).toEqual([3, 4, 2, 5]);
  expect(moveAxis(x, -1, 0).toNested()).toEqual(transpose(x, [3, 0, 1, 2]).toNested());
  expect(() => swapAxes(x, 0, 4)).toThrow("swapAxes: axis 4 is outside an array of 4 axes; it must be an integer in -4 … 3");
  expect(() => moveAxis(x, -5, 0)).toThrow("moveAxis: axis -5 is outside an array of 4 axes; it must be an integer in -4 … 3");
});
