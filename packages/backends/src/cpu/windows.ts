import type { Backend, WindowGeometry } from "../backend.js";
import { windowOutGrid } from "../out-grid.js";
import { numEntries, offsets, rowMajorStrides } from "./offsets.js";
import { floatsOf, indexBuffer } from "./storage.js";

/** For each window and channel, the flat position of its first maximum; the first NaN counts as the maximum. `take` says where positions go. */
export function createArgmaxWindows(take: (length: number) => Int32Array = (length) => new Int32Array(length)): Backend["argmaxWindows"] {
  return (geometry, buffer) => {
    const { examples, grid, channels } = geometry;
    const input = floatsOf(buffer);
    const outGrid = windowOutGrid(geometry);
    const numWindows = numEntries(outGrid);
    const gridLength = numEntries(grid) * channels;
    const out = take(examples * numWindows * channels);
    if (out.length === 0) return indexBuffer(out);
    const window = new Array<number>(outGrid.length).fill(0);
    for (let w = 0; w < numWindows; w++) {
      const cells = cellsOf(geometry, window);
      for (let e = 0; e < examples; e++) {
        for (let c = 0; c < channels; c++) {
          const start = e * gridLength + c;
          let at = start + cells[0]!;
          let best = input[at]!;
          for (let i = 1; i < cells.length && best === best; i++) {
            const p = start + cells[i]!;
            const value = input[p]!;
            if (value > best || value !== value) {
              best = value;
              at = p;
            }
          }
          out[(e * numWindows + w) * channels + c] = at;
        }
      }
      advance(window, outGrid);
    }
    return indexBuffer(out);
  };
}

/** Places, within one example, of the cells of the grid that this window covers. */
function cellsOf({ grid, window, stride, padLow, channels }: WindowGeometry, at: readonly number[]): Int32Array {
  const strides = rowMajorStrides(grid, channels);
  const low = at.map((i, a) => stride[a]! * i - padLow[a]!);
  const first = low.map((start) => Math.max(0, start));
  const lengths = low.map((start, a) => Math.min(grid[a]!, start + window[a]!) - first[a]!);
  return offsets(
    lengths,
    strides,
    first.reduce((sum, i, a) => sum + i * strides[a]!, 0),
  );
}

/** The next index of `shape` in row-major order, in place. */
function advance(index: number[], shape: readonly number[]): void {
  for (let a = shape.length - 1; a >= 0; a--) {
    index[a]!++;
    if (index[a]! < shape[a]!) return;
    index[a] = 0;
  }
}
