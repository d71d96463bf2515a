import type { ConvGeometry } from "../../backend.js";
import type { Border } from "./correlation.js";

/** The border of zeros along the grid's last axis but one, as an axis of the positions: the examples come before the grid. */
export function zeroLinesOf({ zeroLines, grid, stride, dilation }: ConvGeometry): Border | undefined {
  const axis = grid.length - 2;
  if (!zeroLines || axis < 0 || stride[axis] !== 1) return undefined;
  const [before, after] = zeroLines;
  return { axis: axis + 1, reach: before, spacing: dilation[axis]!, entries: grid[axis]! - before - after };
}
