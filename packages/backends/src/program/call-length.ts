import type { Contraction, ConvGeometry, Shape, WindowGeometry } from "../backend.js";
import { convOutGrid, windowOutGrid } from "../out-grid.js";
import type { Call } from "./call.js";

/** Number of entries of the call's result. */
export function callLength(call: Call): number {
  switch (call.kind) {
    case "map":
    case "place":
    case "realFilter":
      return numEntries(call.shape);
    case "reduce":
    case "mapReduce":
      return numEntries(call.shape.filter((_, axis) => !call.axes.includes(axis)));
    case "scan":
      return call.outer * call.size * call.inner;
    case "contract":
      return numEntries(call.sizes.batch) * call.sizes.m * call.sizes.n;
    case "convolve":
      return convolveLength(call.which, call.geometry);
    case "sparse": {
      const { numRows, numCols, rows } = call.pattern;
      if (call.which === "jacobianTranspose") return rows.length;
      return call.examples * (call.which === "apply" ? numRows : numCols);
    }
    case "gather":
      return call.layout.outer * call.layout.count * call.layout.inner;
    case "scatterAdd":
      return call.layout.outer * call.layout.size * call.layout.inner;
    case "argmaxWindows":
    case "mapArgmaxWindows":
      return windowsLength(call.geometry);
    case "fft":
      return 2 * numEntries(call.shape);
    case "realFft":
      return call.inverse ? numEntries(call.shape) : 2 * numEntries(halfShape(call.shape, call.axes));
  }
}

/** Whether the result is positions, not numbers. */
export function givesIndex(call: Call): boolean {
  return call.kind === "argmaxWindows" || call.kind === "mapArgmaxWindows";
}

export function numEntries(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The last axis listed up to ⌊n/2⌋. */
function halfShape(shape: Shape, axes: readonly number[]): Shape {
  const last = axes.at(-1)!;
  return shape.with(last, Math.floor(shape[last]! / 2) + 1);
}

function convolveLength(which: Contraction, geometry: ConvGeometry): number {
  const { examples, grid, kernel, groups, channelsIn, channelsOut } = geometry;
  if (which === "apply") return examples * numEntries(convOutGrid(geometry)) * channelsOut;
  if (which === "applyTranspose") return examples * numEntries(grid) * channelsIn;
  return numEntries(kernel) * (channelsIn / groups) * channelsOut;
}

function windowsLength(geometry: WindowGeometry): number {
  return geometry.examples * numEntries(windowOutGrid(geometry)) * geometry.channels;
}
