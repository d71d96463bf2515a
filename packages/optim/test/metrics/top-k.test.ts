import { DataError, ShapeError } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { accuracy, topK } from "../../src/metrics/top-k.js";
import { classSamples, outputOf, targetOf } from "./class-samples.js";

describe("topK", () => {
  it("is what sorting says, lower classes first among equals, and does not depend on the batches", () => {
    fc.assert(
      fc.property(classSamples(), fc.integer({ min: 1, max: 5 }), fc.nat(12), (samples, k, cut) => {
        const { outputs, labels, classes } = samples;
        fc.pre(k <= classes);
        const right = outputs.filter((row, e) => {
          if (row.some(Number.isNaN)) return false;
          const order = row.map((x, j) => ({ x, j })).sort((a, b) => b.x - a.x || a.j - b.j);
          return order.slice(0, k).some(({ j }) => j === labels[e]);
        });
        const at = Math.min(cut, labels.length);
        const found = topK(k)
          .add(outputOf(samples, 0, at), targetOf(samples, 0, at))
          .add(outputOf(samples, at), targetOf(samples, at));
        expect(found.value()).toBe(right.length / labels.length);
      }),
      { numRuns: 100 },
    );
  });

  it("by hand: ranks 0, 1 and 2 of three", () => {
    const output = { shape: [3, 3], numbers: [5, 1, 0, 5, 1, 0, 5, 1, 0] };
    const target = { shape: [3, 3], numbers: [1, 0, 0, 0, 1, 0, 0, 0, 1] };
    expect([1, 2, 3].map((k) => topK(k).add(output, target).value())).toEqual([1 / 3, 2 / 3, 1]);
  });

  it("takes the first of equals, no row with NaN, and leaves out rows without a label", () => {
    const target = { shape: [4, 2], numbers: [1, 0, 0, 1, 0, 1, 0, 0] };
    const output = { shape: [4, 2], numbers: [3, 3, 3, 3, Number.NaN, 9, 1, 2] };
    // right, wrong (a tie goes to class 0), wrong (NaN), not counted
    expect(accuracy.add(output, target).value()).toBe(1 / 3);
  });

  it("counts every place of a grid, and says nothing of no example", () => {
    const target = { shape: [1, 2, 2, 2], numbers: [1, 0, 1, 0, 0, 1, 0, 1] };
    const output = { shape: [1, 2, 2, 2], numbers: [2, 1, 1, 2, 1, 2, 1, 2] };
    expect(accuracy.add(output, target).value()).toBe(3 / 4);
    expect(accuracy.value()).toBeNaN();
  });

  it("is not changed by what is added", () => {
    const row = { shape: [1, 2], numbers: [0, 1] };
    accuracy.add(row, row);
    expect(accuracy.value()).toBeNaN();
  });

  it("refuses what does not go together", () => {
    const of = (shape: readonly number[]) => ({ shape, numbers: new Float64Array(shape.reduce((a, b) => a * b, 1)).fill(1) });
    expect(() => accuracy.add(of([2, 3]), of([3, 3]))).toThrow(
      new ShapeError("accuracy: output is [2, 3], target is [3, 3]; both must be [examples, ...grid, classes] with at least 2 classes"),
    );
    expect(() => accuracy.add(of([2, 1]), of([2, 1]))).toThrow(ShapeError);
    expect(() => topK(3).add(of([2, 2]), of([2, 2]))).toThrow("topK(3): there are 2 classes; k must be at most 2");
    expect(() => topK(0)).toThrow(RangeError);
    expect(() => accuracy.add(of([1, 2]), { shape: [1, 2], numbers: [0, Number.NaN] })).toThrow(
      new DataError("accuracy: row 0 of the target holds NaN; it must be one-hot, or probabilities"),
    );
  });
});
