import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { intersectionOverUnion } from "../../src/metrics/intersection-over-union.js";
import { classSamples, outputOf, targetOf } from "./class-samples.js";

describe("intersectionOverUnion", () => {
  it("is what sets of places say", () => {
    fc.assert(
      fc.property(classSamples(), (samples) => {
        const { outputs, labels, classes } = samples;
        const taken = outputs.map((row) => (row.some(Number.isNaN) ? -1 : row.indexOf(Math.max(...row))));
        const wanted = Array.from({ length: classes }, (_, c) => {
          const places = [...labels.keys()];
          const both = places.filter((e) => labels[e] === c && taken[e] === c).length;
          return both / places.filter((e) => labels[e] === c || taken[e] === c).length;
        });
        const found = intersectionOverUnion().add(outputOf(samples), targetOf(samples)).value();
        expect(found.classes).toEqual(wanted);
        const known = wanted.filter((x) => !Number.isNaN(x));
        expect(found.mean).toBeCloseTo(known.reduce((a, b) => a + b, 0) / known.length, 14);
      }),
      { numRuns: 100 },
    );
  });

  it("by hand: two 2 × 2 images, a place without a label, and a class that is nowhere", () => {
    const places = (all: readonly number[]) => ({
      shape: [2, 2, 2, 3],
      numbers: all.flatMap((c) => [0, 1, 2].map((j) => (j === c ? 1 : 0))),
    });
    const metric = intersectionOverUnion().add(places([0, 0, 1, 1, 0, 1, 1, 1]), places([0, 0, 0, 1, 0, -1, 1, 0]));
    // class 0: 3 of 5 places; class 1: 2 of 4; class 2 nowhere; the place −1 is not counted.
    expect(metric.value()).toEqual({ classes: [3 / 5, 2 / 4, Number.NaN], mean: 0.55 });
  });
});
