import { ndarray, type Value } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { timeSmoothness } from "../src/time-smoothness.js";
import { backend, expectLaws, normal, weights } from "./fixtures/trees.js";

const layer = (seed: number) => ({ theta: normal(seed, 2, 3), bias: normal(seed + 50, 2) });

describe("timeSmoothness", () => {
  it("keeps every law on lists of layers, with a direct solve from layer to layer", () => {
    const lists = fc.integer({ min: 2, max: 5 }).map((count) => Array.from({ length: count }, (_, j) => layer(j)));
    expectLaws(fc.tuple(weights, weights), ([lambda, dt]) => timeSmoothness(lambda, { dt }), lists);
    const settings = { layers: [".in", ".out"], select: (path: string) => path.endsWith("theta") };
    expectLaws(weights, (lambda) => timeSmoothness(lambda, settings), fc.constant({ in: layer(1), out: layer(2), W: normal(3, 4) }), {}, 2);
  });

  it("costs nothing where all layers are one, and less the longer the steps", () => {
    const steady = [layer(1), layer(1), layer(1)];
    expect(timeSmoothness()(steady).item()).toBe(0);
    const list = [1, 2, 4].map((x) => ndarray(backend, [x]));
    // (1 + 4)/(2Δt)
    expect([timeSmoothness(1)(list).item(), timeSmoothness(1, { dt: 5 })(list).item()]).toEqual([2.5, 0.5]);
    expect(timeSmoothness()([layer(1)]).item()).toBe(0);
  });

  it("takes the layers in the order given, not those that only begin alike", () => {
    const tree: Record<string, Value> = { block1: ndarray(backend, [1]), block10: ndarray(backend, [100]), block2: ndarray(backend, [3]) };
    expect(timeSmoothness(1, { layers: [".block1", ".block2"] })(tree).item()).toBe(2);
  });

  it("refuses layers of different forms, or none", () => {
    const R = timeSmoothness();
    expect(() => R([normal(1, 2), normal(1, 3)])).toThrow("timeSmoothness: [0] is [2], [1] is [3]; layers must be of one form");
    expect(() => R([layer(1), { theta: normal(1, 2, 3) }])).toThrow(
      "timeSmoothness: [0] has 2 leaves, [1] has 1; layers must be of one form",
    );
    expect(() => R({ W: normal(1, 2) })).toThrow(
      "timeSmoothness: there are no layers; the tree has .W; give a list of subtrees, or their paths as layers",
    );
    expect(() => timeSmoothness(1, { select: () => false })([layer(1)])).toThrow("timeSmoothness: no leaf is selected");
    expect(() => timeSmoothness(1, { dt: 0 })).toThrow(new RangeError("timeSmoothness: dt is 0; it must be a finite number > 0"));
  });
});
