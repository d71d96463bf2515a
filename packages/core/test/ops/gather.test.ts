import { gather, ndarray, ShapeError, scatterAdd } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { backend, entries, expectEntries, expectEveryOrder, expectLinear, expectNear, randomArray, reader, shapes } from "./linear-laws.js";

const drawn = (shape: readonly number[], gen: fc.GeneratorValue) => {
  const axis = gen(() => fc.integer({ min: 0, max: shape.length - 1 }));
  const indices = gen(() => fc.array(fc.integer({ min: -1, max: (shape[axis] as number) - 1 }), { maxLength: 6 }));
  return { axis, indices };
};

describe("gather", () => {
  test("z[k] = x[indices[k]], 0 for −1, along any axis; linear", () => {
    fc.assert(
      fc.property(shapes(1, 3), fc.gen(), (shape, gen) => {
        const { axis, indices } = drawn(shape, gen);
        const x = randomArray(shape, 2);
        const read = reader(x);
        expectEntries(gather(x, indices, { axis }), shape.with(axis, indices.length), (i) => {
          const from = indices[i[axis] as number] as number;
          return from < 0 ? 0 : read(i.with(axis, from));
        });
        expectLinear((v) => gather(v, indices, { axis }), x);
      }),
    );
  });

  test("literal: rows, with a repeated and a missing one", () => {
    const x = ndarray(backend, [
      [1, 2],
      [3, 4],
    ]);
    expect(gather(x, new Int32Array([1, -1, 1])).toNested()).toEqual([
      [3, 4],
      [0, 0],
      [3, 4],
    ]);
    expect(gather(x, [1], { axis: -1 }).toNested()).toEqual([[2], [4]]);
  });

  test("derivatives of every order", () => {
    expectEveryOrder((x) => gather(x, [2, 0, 2, -1], { axis: 1 }), randomArray([2, 3], 7));
  });

  test("refuses indices outside", () => {
    const x = randomArray([2, 3], 1);
    expect(() => gather(x, [0, 2])).toThrow(
      new ShapeError("gather: index 2 at position 1; indices must be integers in 0 … 1, or −1 for nothing"),
    );
    expect(() => gather(x, [-2], { axis: 1 })).toThrow(
      new ShapeError("gather: index -2 at position 0; indices must be integers in 0 … 2, or −1 for nothing"),
    );
    expect(() => gather(x, [0.5])).toThrow("gather: index 0.5 at position 0");
    expect(() => gather(x, [], { axis: 2 })).toThrow("gather: axis 2 is outside an array of 2 axes");
  });
});

describe("scatterAdd", () => {
  test("adds each entry at its index, along any axis; linear", () => {
    fc.assert(
      fc.property(shapes(1, 3), fc.gen(), (shape, gen) => {
        const { axis, indices } = drawn(shape, gen);
        const size = shape[axis] as number;
        const x = randomArray(shape.with(axis, indices.length), 2);
        const read = reader(x);
        expectNear(scatterAdd(x, indices, size, { axis }), shape, (i) =>
          indices.reduce((sum, to, k) => sum + (to === i[axis] ? read(i.with(axis, k)) : 0), 0),
        );
        expectLinear((v) => scatterAdd(v, indices, size, { axis }), x);
      }),
    );
  });

  test("literal: a histogram", () => {
    expect(
      scatterAdd(
        ndarray(
          backend,
          entries([5], () => 1),
        ),
        [0, 2, 2, -1, 2],
        4,
      ).toNested(),
    ).toEqual([1, 0, 3, 0]);
  });

  test("derivatives of every order", () => {
    expectEveryOrder((x) => scatterAdd(x, [1, 1, 0], 3), randomArray([3, 2], 7));
  });

  test("refuses indices that are too few or outside, and a negative size", () => {
    const x = randomArray([2, 3], 1);
    expect(() => scatterAdd(x, [0], 3)).toThrow(
      new ShapeError("scatterAdd: 1 indices for axis 0 of [2, 3]; there must be one for each of its 2 entries"),
    );
    expect(() => scatterAdd(x, [0, 3], 3)).toThrow(
      new ShapeError("scatterAdd: index 3 at position 1; indices must be integers in 0 … 2, or −1 for nothing"),
    );
    expect(() => scatterAdd(x, [0, 1], -1)).toThrow(new ShapeError("scatterAdd: size is -1; it must be an integer ≥ 0"));
  });
});
