import type { WindowGeometry } from "../../backend.js";
import { windowOutGrid } from "../../out-grid.js";

/** Windows along one axis of the grid. */
export interface WindowAxis {
  readonly size: number;
  readonly windows: number;
  readonly window: number;
  readonly stride: number;
  readonly padLow: number;
  /** Whether some window reaches out of the grid. */
  readonly clipped: boolean;
}

/** The axes of the grid, one at least. */
export function windowAxes(geometry: WindowGeometry): readonly WindowAxis[] {
  const { grid, window, stride, padLow } = geometry;
  if (grid.length === 0) return [{ size: 1, windows: 1, window: 1, stride: 1, padLow: 0, clipped: false }];
  return windowOutGrid(geometry).map((windows, a) => {
    const [size, low] = [grid[a]!, padLow[a]!];
    const clipped = low > 0 || (windows - 1) * stride[a]! + window[a]! > size;
    return { size, windows, window: window[a]!, stride: stride[a]!, padLow: low, clipped };
  });
}
