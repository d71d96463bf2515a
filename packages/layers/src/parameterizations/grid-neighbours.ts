import { type Shape, ShapeError, showShape, sizeOf, stridesOf } from "@paramat/core";

export interface NeighbourOptions {
  /** Whether the ends of an axis are neighbours, for all axes or each. Default false. */
  readonly periodic?: boolean | readonly boolean[];
}

/**
 * The directed edges (i, j) between neighbours on a grid: points one step apart on one axis, each pair in both directions, sorted by i, then j.
 * Points are numbered row-major.
 * @throws ShapeError if a size is not a positive integer, or `periodic` lists another number of axes
 * @example
 * import { gridNeighbours } from "@paramat/layers";
 * gridNeighbours([3]); // → [[0, 1], [1, 0], [1, 2], [2, 1]]
 */
export function gridNeighbours(grid: Shape, options: NeighbourOptions = {}): [i: number, j: number][] {
  const { periodic = false } = options;
  const wraps = typeof periodic === "boolean" ? grid.map(() => periodic) : periodic;
  if (!grid.every((n) => Number.isInteger(n) && n > 0)) {
    throw new ShapeError(`gridNeighbours: the grid is ${showShape(grid)}; every size must be a positive integer`);
  }
  if (wraps.length !== grid.length) {
    throw new ShapeError(
      `gridNeighbours: periodic has ${wraps.length} entries, the grid ${showShape(grid)} has ${grid.length} axes; give one, or one for each`,
    );
  }
  const strides = stridesOf(grid);
  return Array.from({ length: sizeOf(grid) }, (_, i) => {
    // On an axis of 2 points both steps around lead to one neighbour, on an axis of 1 to the point itself.
    const found = new Set<number>();
    grid.forEach((n, axis) => {
      const stride = strides[axis] as number;
      const at = Math.floor(i / stride) % n;
      for (const step of [-1, 1]) {
        const to = wraps[axis] ? (at + step + n) % n : at + step;
        if (to >= 0 && to < n && to !== at) found.add(i + (to - at) * stride);
      }
    });
    return [...found].sort((a, b) => a - b).map((j): [number, number] => [i, j]);
  }).flat();
}
