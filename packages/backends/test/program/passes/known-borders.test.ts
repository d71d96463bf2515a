import { expect, test } from "vitest";
import type { ConvGeometry } from "../../../src/backend.js";
import { input } from "../../../src/expr.js";
import { withKnownBorders } from "../../../src/program/passes/known-borders.js";
import { callsOf, recorded } from "../recorded.js";

const geometry: ConvGeometry = {
  examples: 2,
  grid: [7, 6],
  kernel: [3, 3],
  stride: [1, 1],
  dilation: [1, 1],
  groups: 1,
  channelsIn: 2,
  channelsOut: 3,
};

/** [2, 4, 4, 2] placed in [2, 7, 6, 2] from line `line`, column 1 on; and the same a second time from `again`. */
function framed(line: number, again: number | null, which: "apply" | "jacobianTranspose") {
  return recorded([64, which === "apply" ? 54 : 2 * 5 * 4 * 3], (backend, [y, other]) => {
    const shape = [2, 4, 4, 2];
    const source = { buffer: y!, offset: 0, strides: [32, 8, 2, 1] };
    const part = (from: number) => ({ source, shape, offset: 12 * from + 2, strides: [84, 12, 2, 1] });
    const place = backend.place([2, 7, 6, 2], again === null ? [part(line)] : [part(line), part(again)]);
    return [
      backend.convolve(which, geometry, ...((which === "apply" ? [other!, place] : [place, other!]) as [typeof place, typeof place])),
    ];
  });
}

const linesOf = (graph: ReturnType<typeof framed>) =>
  callsOf(withKnownBorders(graph)).flatMap((call) => (call.kind === "convolve" ? [call.geometry.zeroLines] : []));

test("a convolution of what was placed among zeros knows the lines around it", () => {
  expect(linesOf(framed(2, null, "apply"))).toEqual([[2, 1]]);
  expect(linesOf(framed(0, null, "jacobianTranspose"))).toEqual([[0, 3]]);
});

test("of several parts, the lines around all of them", () => {
  expect(linesOf(framed(1, 2, "apply"))).toEqual([[1, 1]]);
  expect(linesOf(framed(0, 3, "apply"))).toEqual([undefined]);
});

test("nothing is known of other operands", () => {
  const graph = recorded([54, 168], (backend, [theta, y]) => [
    backend.convolve("apply", geometry, theta!, backend.map(input(0), [168], [{ buffer: y!, offset: 0, strides: [1] }])),
  ]);
  expect(withKnownBorders(graph)).toEqual(graph);
});
