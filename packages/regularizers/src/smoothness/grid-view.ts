import { type Boundary, boundaries, type Shape, ShapeError, showShape, sizeOf, type Value } from "@paramat/core";
import type { Selection } from "../selected-leaves.js";

/** Which grid the entries of a leaf lie on. */
export interface GridOptions extends Selection {
  /** [...grid, channels], say [height, width, channels]: a leaf is rows of such images, as are the rows of a classifier W. */
  readonly asImages?: Shape;
  /** Leaves are stencils θ, [...kernel, channelsIn, channelsOut], each pair of channels a grid of its own. Default: a leaf is one grid with all its axes. */
  readonly asStencils?: boolean;
  /** Distance between grid points, one number or one for each axis; default 1/n, the lecture's pixel size. */
  readonly h?: number | readonly number[];
  /** How each axis goes on beyond its ends. */
  readonly boundary?: Boundary | readonly Boundary[];
}

/** A leaf's entries as rows of [...grid, channels], with what each axis of the grid is. */
export interface GridView {
  /** [...grid, channels]. */
  readonly rowShape: Shape;
  readonly grid: Shape;
  /** Grid distance along each axis. */
  readonly steps: readonly number[];
  readonly boundary: readonly Boundary[];
  /** [rows, ...grid, channels]. */
  readonly shape: Shape;
}

/** @throws ShapeError if the leaf is not a whole number of images or has no axis, h is not positive, a boundary is unknown, or a list is too long or short */
export function gridView(op: string, leaf: Value, options: GridOptions, defaultBoundary: Boundary): GridView {
  const rowShape = rowShapeOf(op, leaf, options);
  const grid = rowShape.slice(0, -1);
  const { h = grid.map((n) => 1 / n), boundary = defaultBoundary } = options;
  const steps = eachAxis(op, "h", h, grid.length);
  const ways = eachAxis(op, "boundary", boundary, grid.length);
  if (!steps.every((step) => step > 0 && step < Number.POSITIVE_INFINITY)) {
    throw new ShapeError(`${op}: h is ${steps.join(", ")}; the distance between grid points must be positive`);
  }
  const odd = ways.find((way) => !boundaries.includes(way));
  if (odd !== undefined) throw new ShapeError(`${op}: boundary is ${String(odd)}; it must be one of ${boundaries.join(", ")}`);
  return { rowShape, grid, steps, boundary: ways, shape: [leaf.size / sizeOf(rowShape), ...rowShape] };
}

function rowShapeOf(op: string, leaf: Value, { asImages, asStencils }: GridOptions): Shape {
  if (asImages && asStencils) throw new ShapeError(`${op}: asImages and asStencils are both given; a leaf is one or the other`);
  if (asImages) {
    const size = sizeOf(asImages);
    if (asImages.length < 2 || size < 1 || leaf.size % size !== 0) {
      throw new ShapeError(
        `${op}: a leaf is ${showShape(leaf.shape)}, and asImages is ${showShape(asImages)}; it must be [...grid, channels], of which the leaf is a whole number`,
      );
    }
    return asImages;
  }
  if (leaf.size < 1 || leaf.shape.length < (asStencils ? 3 : 1)) {
    const want = asStencils ? "[...kernel, channelsIn, channelsOut]" : "one axis at least, and entries";
    throw new ShapeError(`${op}: a leaf is ${showShape(leaf.shape)}; it must be ${want}; select leaves by their path`);
  }
  if (!asStencils) return [...leaf.shape, 1];
  return [...leaf.shape.slice(0, -2), sizeOf(leaf.shape.slice(-2))];
}

function eachAxis<T extends number | string>(op: string, name: string, given: T | readonly T[], count: number): readonly T[] {
  const list = typeof given === "object" ? given : new Array<T>(count).fill(given);
  if (list.length !== count)
    throw new ShapeError(`${op}: ${name} has ${list.length} entries for a grid of ${count} axes; give one, or one for each`);
  return list;
}
