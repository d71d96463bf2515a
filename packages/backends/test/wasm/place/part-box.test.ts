import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { layoutOf } from "../../../src/laws/layout.js";
import { count, indicesOf, strided } from "../../../src/laws/multi-index.js";
import { boxesApart, boxVolume, type PartBox, partBox } from "../../../src/wasm/place/part-box.js";
import { partWalk } from "../../../src/wasm/place/part-walk.js";

const buffer = { length: 0 };

function entriesOf(box: PartBox, shape: readonly number[]): number[] {
  return indicesOf(box.map((interval) => interval.count))
    .map((index) => index.reduce((at, i, a) => at * shape[a]! + box[a]!.low + i * box[a]!.step, 0))
    .sort((a, b) => a - b);
}

describe("partBox", () => {
  it("finds the box of a halo, of a step and of merged axes", () => {
    const box = (shape: number[], offset: number, strides: number[], whole: number[]) =>
      partBox(partWalk({ source: { buffer, offset: 0, strides: shape.map(() => 1) }, shape, offset, strides }), whole);
    expect(box([2, 3], 6, [5, 1], [4, 5])).toEqual([
      { low: 1, step: 1, count: 2 },
      { low: 1, step: 1, count: 3 },
    ]);
    expect(box([2], 3, [-2], [4])).toEqual([{ low: 1, step: 2, count: 2 }]);
    expect(box([20], 0, [1], [4, 5])).toEqual([
      { low: 0, step: 1, count: 4 },
      { low: 0, step: 1, count: 5 },
    ]);
    expect(box([4], 0, [6], [4, 5])).toBeNull();
    expect(box([3], 0, [0], [4, 5])).toBeNull();
  });

  it("holds exactly the entries that the part writes, wherever it finds a box", () => {
    const inner = fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 2 });
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }), inner, fc.nat(1e6), (shape, axes, seed) => {
        const { offset, strides, length } = layoutOf(shape, seed);
        const whole = [Math.ceil(length / count(axes)), ...axes];
        const box = partBox(partWalk({ source: { buffer, offset: 0, strides: shape.map(() => 1) }, shape, offset, strides }), whole);
        if (box === null) return;
        const written = indicesOf(shape).map((index) => strided(offset, strides, index));
        expect(entriesOf(box, whole)).toEqual(written.sort((a, b) => a - b));
        expect(boxVolume(box)).toBe(written.length);
      }),
      { numRuns: 300 },
    );
  });
});

describe("boxesApart", () => {
  it("is true only of boxes that share no entry", () => {
    const interval = fc.record({ low: fc.nat(4), step: fc.integer({ min: 1, max: 3 }), count: fc.integer({ min: 1, max: 3 }) });
    const box = fc.array(
      interval.map((i) => (i.count === 1 ? { ...i, step: 0 } : i)),
      { minLength: 2, maxLength: 2 },
    );
    fc.assert(
      fc.property(box, box, (a, b) => {
        const shared = entriesOf(a, [20, 20]).some((entry) => entriesOf(b, [20, 20]).includes(entry));
        if (boxesApart(a, b)) expect(shared).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it("sees neighbours, and steps that never meet", () => {
    const [even, odd] = [0, 1].map((low): PartBox => [{ low, step: 2, count: 5 }]) as [PartBox, PartBox];
    expect(boxesApart(even, odd)).toBe(true);
    expect(boxesApart(even, [{ low: 3, step: 3, count: 2 }])).toBe(false);
    expect(boxesApart([{ low: 0, step: 1, count: 3 }], [{ low: 3, step: 1, count: 3 }])).toBe(true);
    expect(boxesApart([{ low: 0, step: 1, count: 3 }], [{ low: 2, step: 0, count: 1 }])).toBe(false);
  });
});
