import { jvp, ndarray, ShapeError, type Value } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { denseBlock, placeBlocks, readBlock } from "../../src/ops/blocks.js";
import { backend, expectEntries, expectEveryOrder, expectLinear, randomArray, reader } from "./linear-laws.js";

describe("readBlock", () => {
  const axis = fc.record({ start: fc.nat(4), count: fc.nat(4), step: fc.constantFrom(-2, -1, 1, 2) });

  test("reads start + step·i along each axis, and is linear", () => {
    fc.assert(
      fc.property(fc.array(axis, { minLength: 1, maxLength: 3 }), fc.integer(), (axes, seed) => {
        // The array is as large as the block needs, whichever way it runs.
        const reach = axes.map(({ count, step }) => Math.abs(step) * Math.max(0, count - 1));
        const x = randomArray(
          axes.map(({ start }, a) => start + (reach[a] as number) + 1),
          seed,
        );
        const start = axes.map(({ start, step }, a) => (step < 0 ? start + (reach[a] as number) : start));
        const block = { start, step: axes.map(({ step }) => step) };
        const size = axes.map(({ count }) => count);
        const read = reader(x);
        expectEntries(readBlock(x, block, size), size, (i) => read(i.map((k, a) => (start[a] as number) + (block.step[a] as number) * k)));
        expectLinear((v) => readBlock(v, block, size), x);
      }),
      { numRuns: 40 },
    );
  });

  test("refuses a block that reaches outside", () => {
    expect(() => readBlock(randomArray([3, 4], 1), { start: [0, 2], step: [1, 2] }, [3, 2])).toThrow(
      new ShapeError("readBlock: a block of [3, 2] from [0, 2] in steps of [1, 2] reaches outside [3, 4]; it must lie inside"),
    );
  });
});

describe("placeBlocks", () => {
  test("adds where blocks overlap", () => {
    const a = ndarray(backend, [1, 2]);
    const b = ndarray(backend, [10, 20]);
    const blocks = [denseBlock([0]), { start: [3], step: [-2] }];
    expect(placeBlocks([a, b], blocks, [4]).toNested()).toEqual([1, 22, 0, 10]);
  });

  test("is linear in each array, to every order", () => {
    const join = ([a, b]: readonly Value[]): Value =>
      placeBlocks([a as Value, b as Value], [denseBlock([0, 0]), { start: [2, 1], step: [-1, 1] }], [3, 3]);
    const x = [randomArray([2, 3], 1), randomArray([2, 2], 2)];
    expect(join).toHaveExactAdjoint(x);
    expectEveryOrder((v) => join([v, x[1] as Value]), x[0] as Value);
  });

  test("the tangent of one array alone leaves zeros where the others stand", () => {
    const [a, b] = [ndarray(backend, [1, 2]), ndarray(backend, [3])];
    const { tangent } = jvp((v: Value) => placeBlocks([b, v], [denseBlock([0]), denseBlock([1])], [3]), a, ndarray(backend, [5, 6]));
    expect(tangent.toNested()).toEqual([0, 5, 6]);
  });

  test("refuses a block that reaches outside", () => {
    expect(() => placeBlocks([randomArray([2], 1)], [denseBlock([2])], [3])).toThrow(
      new ShapeError("placeBlocks: a block of [2] from [2] in steps of [1] reaches outside [3]; it must lie inside"),
    );
  });
});
