import { inspect } from "node:util";
import { type Backend, cpu } from "@paramat/backends";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { full, NDArray, ndarray, ones, zeros } from "../src/array.js";
import { BackendError, ShapeError } from "../src/errors.js";
import { add, sin } from "../src/ops/index.js";
import { Tape } from "../src/tape.js";

const backend = cpu();

describe("ndarray", () => {
  test("takes a number, nested numbers, and flat numbers with a shape", () => {
    expect(ndarray(backend, 7).shape).toEqual([]);
    expect(ndarray(backend, 7).item()).toBe(7);
    expect(
      ndarray(backend, [
        [1, 2, 3],
        [4, 5, 6],
      ]).shape,
    ).toEqual([2, 3]);
    expect(ndarray(backend, [1, 2, 3, 4, 5, 6], [3, 2]).toNested()).toEqual([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    expect(ndarray(backend, Float32Array.of(1, 2)).toNested()).toEqual([1, 2]);
    expect(ndarray(backend, Float64Array.of(5), []).item()).toBe(5);
    expect(ndarray(backend, [[[1], [2]]]).shape).toEqual([1, 2, 1]);
  });

  test("sizes of 0", () => {
    expect(ndarray(backend, []).shape).toEqual([0]);
    expect(ndarray(backend, [[], []]).shape).toEqual([2, 0]);
    expect(zeros(backend, [0, 3]).toNested()).toEqual([]);
    expect(zeros(backend, [2, 0]).toNested()).toEqual([[], []]);
  });

  test("toNested gives back what it was made of", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 4 }),
        fc.infiniteStream(fc.double({ noNaN: true })),
        (shape, numbers) => {
          const nest = (axis: number): unknown => {
            if (axis === shape.length) return numbers.next().value;
            return Array.from({ length: shape[axis] as number }, () => nest(axis + 1));
          };
          const nested = nest(0) as number[];
          const x = ndarray(backend, nested);
          expect(x.shape).toEqual(shape);
          expect(x.toNested()).toEqual(nested);
        },
      ),
    );
  });

  test("what is read is a copy", () => {
    const x = ndarray(backend, [1, 2]);
    x.toArray().fill(9);
    expect(x.toNested()).toEqual([1, 2]);
    const source = Float64Array.of(1, 2);
    const y = ndarray(backend, source);
    source.fill(9);
    expect(y.toNested()).toEqual([1, 2]);
  });

  test("refuses ragged nesting, foreign entries and wrong counts", () => {
    expect(() => ndarray(backend, [[1, 2], [3]])).toThrow(
      new ShapeError("ndarray: ragged nesting: entry 0 has shape [2], entry 1 has [1]; all must agree"),
    );
    expect(() => ndarray(backend, ["a"] as unknown as number[])).toThrow(
      "ndarray: found a among the entries; every entry must be a number",
    );
    expect(() => ndarray(backend, [1, 2, 3], [2, 2])).toThrow("ndarray: 3 numbers do not fill shape [2, 2], which has 4 entries");
    expect(() => ndarray(backend, [1], [1.5])).toThrow("ndarray: shape [1.5] has a size that is not an integer ≥ 0");
    expect(() => full(backend, [-1], 0)).toThrow("full: shape [-1] has a size that is not an integer ≥ 0");
  });
});

test("full, zeros and ones", () => {
  expect(full(backend, [2, 2], 1.5).toNested()).toEqual([
    [1.5, 1.5],
    [1.5, 1.5],
  ]);
  expect(zeros(backend, []).item()).toBe(0);
  expect(ones(backend, [3]).toNested()).toEqual([1, 1, 1]);
});

describe("reading", () => {
  test("item reads arrays of one entry, of any number of axes", () => {
    expect(ndarray(backend, [[4]]).item()).toBe(4);
    expect(() => ndarray(backend, [1, 2]).item()).toThrow("item: the array has shape [2]; item() reads arrays of exactly one entry");
  });

  test("read gives the same numbers later", async () => {
    expect([...(await ndarray(backend, [1, 2]).read())]).toEqual([1, 2]);
  });

  test("a backend that cannot wait says to use read(), and still prints its shape", () => {
    const { readSync: _, ...rest } = cpu();
    const deaf: Backend = { ...rest, name: "deaf" };
    const x = ndarray(deaf, [[1, 2]]);
    expect(() => x.toArray()).toThrow(BackendError);
    expect(() => x.toArray()).toThrow("toArray: deaf cannot be read without waiting; use `await x.read()`");
    expect(() => x.toNested()).toThrow("toNested: deaf cannot be read without waiting");
    expect(() => ndarray(deaf, 1).item()).toThrow("item: deaf cannot be read without waiting");
    expect(String(x)).toBe("NDArray [1, 2] on deaf");
  });

  test("float32 rounds what it holds", () => {
    expect(ndarray(cpu("float32"), 0.1).item()).toBe(Math.fround(0.1));
  });

  test("prints its numbers, and is its own array", () => {
    const x = ndarray(backend, [
      [1, 2.5],
      [10, -1],
    ]);
    expect(String(x)).toBe("[[  1, 2.5],\n [ 10,  -1]]");
    expect(x.array).toBe(x);
    expect(x).toBeInstanceOf(NDArray);
  });
});

describe("for people and for JSON", () => {
  test("console.log shows the numbers, JSON.stringify writes them nested, also of watched arrays", () => {
    const x = ndarray(cpu(), [
      [1, 2.5],
      [3, 4],
    ]);
    expect(inspect(x)).toBe(String(x));
    expect(JSON.stringify({ x })).toBe('{"x":[[1,2.5],[3,4]]}');
    const watched = new Tape().watch(x);
    expect(inspect(watched)).toBe(String(x));
    expect(JSON.stringify(watched)).toBe("[[1,2.5],[3,4]]");
  });

  test("what is no value is named, with its place", () => {
    const x = ndarray(cpu(), [1, 2]);
    expect(() => add(x, undefined as never)).toThrow("add: argument 1 is missing; it must be an array made by ndarray(backend, …)");
    expect(() => add([1, 2] as never, x)).toThrow("add: argument 0 is a plain array");
    expect(() => sin("one" as never)).toThrow("sin: argument 0 is string one");
  });

  test("entries that are not numbers are refused", () => {
    expect(() => ndarray(cpu(), [1, "2"] as never)).toThrow("ndarray: found 2 among the entries; every entry must be a number");
    expect(() => ndarray(cpu(), [1, [2]] as never)).toThrow("an array stands among the numbers of the innermost of 1 axes");
  });
});
