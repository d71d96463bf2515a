import { convOutGrid } from "../out-grid.js";
import type { Call } from "./call.js";
import { callLength, numEntries } from "./call-length.js";
import { formulaFlops } from "./formula-cost.js";

/** Additions, multiplications and other operations of numbers, each counted once; a fused multiply–add counts as two. */
export function callFlops(call: Call): number {
  switch (call.kind) {
    case "map":
      return formulaFlops(call.f) * numEntries(call.shape);
    case "mapReduce":
      return (formulaFlops(call.f) + 1) * numEntries(call.shape);
    case "mapArgmaxWindows":
      return formulaFlops(call.f) * inputLength(call.geometry) + callLength(call) * numEntries(call.geometry.window);
    case "argmaxWindows":
      return callLength(call) * numEntries(call.geometry.window);
    case "place":
      return call.parts.reduce((sum, part) => sum + numEntries(part.shape), 0);
    case "reduce":
      return numEntries(call.shape);
    case "scan":
      return call.outer * call.size * call.inner;
    case "contract":
      return 2 * callLength(call) * call.sizes.k;
    case "convolve": {
      const { examples, kernel, groups, channelsIn, channelsOut } = call.geometry;
      return 2 * examples * numEntries(convOutGrid(call.geometry)) * channelsOut * numEntries(kernel) * (channelsIn / groups);
    }
    case "sparse":
      return 2 * call.examples * call.pattern.rows.length;
    case "gather":
      return 0;
    case "scatterAdd":
      return call.layout.outer * call.layout.count * call.layout.inner;
    case "fft":
      return transformFlops(call.shape, call.axes);
    // Of a real array only half is computed.
    case "realFft":
      return transformFlops(call.shape, call.axes) / 2;
    // There and back, and a complex product at half of the frequencies.
    case "realFilter":
      return transformFlops(call.shape, call.axes) + 3 * numEntries(call.shape);
  }
}

function transformFlops(shape: readonly number[], axes: readonly number[]): number {
  return 5 * numEntries(shape) * axes.reduce((sum, axis) => sum + Math.log2(Math.max(1, shape[axis]!)), 0);
}

function inputLength({ examples, grid, channels }: { examples: number; grid: readonly number[]; channels: number }): number {
  return examples * numEntries(grid) * channels;
}
