import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { ConvGeometry } from "../../../src/backend.js";
import { call, input } from "../../../src/expr.js";
import { convOutGrid } from "../../../src/out-grid.js";
import { rowMajor } from "../../../src/program/nest.js";
import { withCroppedTransposes } from "../../../src/program/passes/cropped-transposes.js";
import { evaluated, kindsOf, recorded } from "../recorded.js";

const count = (shape: readonly number[]) => shape.reduce((product, n) => product * n, 1);
const drawn = (length: number, seed: number) => Array.from({ length }, (_, i) => Math.sin(3.7 * (i + 1) * (seed + 1)));

/** Kᵀz, of which a map reads the box from `low` to `high` − 1 along each axis of the grid; with `flipped`, backwards along the first. */
function readInside(geometry: ConvGeometry, low: readonly number[], high: readonly number[], flipped: boolean) {
  const { examples, grid, kernel, groups, channelsIn, channelsOut } = geometry;
  const lengths = [count(kernel) * (channelsIn / groups) * channelsOut, examples * count(convOutGrid(geometry)) * channelsOut];
  const strides = rowMajor([examples, ...grid, channelsIn]);
  const shape = [examples, ...low.map((from, a) => high[a]! - from), channelsIn];
  const corner = low.reduce((sum, from, a) => sum + from * strides[a + 1]!, 0);
  const offset = flipped ? corner + (high[0]! - low[0]! - 1) * strides[1]! : corner;
  const graph = recorded(lengths, (backend, [theta, z]) => [
    backend.map(call("mul", 2, input(0)), shape, [
      {
        buffer: backend.convolve("applyTranspose", geometry, theta!, z!),
        offset,
        strides: flipped ? strides.map((s, a) => (a === 1 ? -s : s)) : strides,
      },
    ]),
  ]);
  return { graph, inputs: lengths.map((length, i) => drawn(length, i)) };
}

const axis = fc
  .record({ out: fc.integer({ min: 1, max: 5 }), kernel: fc.integer({ min: 1, max: 4 }), dilation: fc.integer({ min: 1, max: 2 }) })
  .chain(({ out, kernel, dilation }) => {
    const grid = out + dilation * (kernel - 1);
    return fc
      .tuple(fc.integer({ min: 0, max: grid - 1 }), fc.integer({ min: 1, max: grid }))
      .map(([from, length]) => ({ kernel, dilation, grid, low: from, high: Math.min(grid, from + length) }));
  });

describe("cropped transposes", () => {
  test("give what the whole transpose has in the box, for any geometry and box", () => {
    fc.assert(
      fc.property(
        fc.record({
          axes: fc.array(axis, { minLength: 1, maxLength: 3 }),
          examples: fc.integer({ min: 1, max: 2 }),
          groups: fc.integer({ min: 1, max: 3 }),
          perIn: fc.integer({ min: 1, max: 3 }),
          perOut: fc.integer({ min: 1, max: 3 }),
          flipped: fc.boolean(),
        }),
        ({ axes, examples, groups, perIn, perOut, flipped }) => {
          const geometry: ConvGeometry = {
            examples,
            grid: axes.map(({ grid }) => grid),
            kernel: axes.map(({ kernel }) => kernel),
            stride: axes.map(() => 1),
            dilation: axes.map(({ dilation }) => dilation),
            groups,
            channelsIn: groups * perIn,
            channelsOut: groups * perOut,
          };
          const { graph, inputs } = readInside(
            geometry,
            axes.map(({ low }) => low),
            axes.map(({ high }) => high),
            flipped,
          );
          const [before, after] = [evaluated(graph, inputs)[0]!, evaluated(withCroppedTransposes(graph), inputs)[0]!];
          expect(after).toHaveLength(before.length);
          before.forEach((x, i) => expect(Math.abs(after[i]! - x)).toBeLessThan(1e-11));
        },
      ),
      { numRuns: 300 },
    );
  });

  const same: ConvGeometry = {
    examples: 2,
    grid: [8, 8],
    kernel: [3, 3],
    stride: [1, 1],
    dilation: [1, 1],
    groups: 1,
    channelsIn: 2,
    channelsOut: 3,
  };

  test("of a border of zeros become a convolution of the inside", () => {
    const { graph } = readInside(same, [1, 1], [7, 7], false);
    expect(kindsOf(graph)).toEqual(["convolve", "map"]);
    const calls = withCroppedTransposes(graph).nodes.flatMap((node) => (node.kind === "call" ? [node.call] : []));
    expect(calls.map(({ kind }) => kind)).toEqual(["place", "map", "convolve", "map"]);
    expect(calls[2]).toMatchObject({ which: "apply", geometry: { grid: [8, 8], channelsIn: 3, channelsOut: 2 } });
  });

  test("stay as they are where everything is read, where the stride is not 1, and where the transpose is a result", () => {
    const whole = readInside(same, [0, 0], [8, 8], false).graph;
    expect(withCroppedTransposes(whole)).toEqual(whole);
    const strided = readInside({ ...same, stride: [2, 2] }, [1, 1], [7, 7], false).graph;
    expect(withCroppedTransposes(strided)).toEqual(strided);
    const { graph } = readInside(same, [1, 1], [7, 7], false);
    const kept = { ...graph, outputs: [graph.nodes.length - 2, ...graph.outputs] };
    expect(withCroppedTransposes(kept)).toEqual(kept);
  });
});
