import { type Boundary, type Shape, ShapeError } from "@paramat/core";
import type { Tag } from "../tag.js";
import { alongAxes } from "./along-axes.js";
import { gridAxes } from "./grid-axes.js";
import type { LinearOperator } from "./linear-operator.js";
import { stencilMap, type Taps } from "./stencil-map.js";

export interface DifferenceOptions {
  /** The axis of one example along which the difference is taken; default 0. */
  readonly axis?: number;
  /** Distance between grid points; default 1/n, the lecture's pixel size. */
  readonly h?: number;
  /** How the axis goes on beyond its ends; `"none"` keeps to where all points lie inside, so the result is shorter. Default `"zero"`. */
  readonly boundary?: Boundary | "none";
}

export interface FirstDifferenceOptions extends DifferenceOptions {
  /** Which points are subtracted; default `"forward"`. */
  readonly scheme?: "forward" | "backward" | "central";
}

/**
 * ∂u/∂x along one axis: `forward` (u_{i+1} − u_i)/h, `backward` (u_i − u_{i−1})/h, `central` (u_{i+1} − u_{i−1})/(2h).
 * @param inShape of one example, say [...grid, channels]
 * @throws ShapeError if there is no such axis, h is not positive, or the axis is too short for `"none"`
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { firstDifference } from "@paramat/layers";
 * firstDifference([4], { h: 1, boundary: "none" }).apply(ndarray(cpu(), [[1, 4, 9, 16]])).toNested(); // → [[3, 5, 7]]
 */
export function firstDifference(inShape: Shape, options: FirstDifferenceOptions = {}): LinearOperator {
  const { scheme = "forward" } = options;
  return difference("firstDifference", inShape, options, [], (h) => {
    const schemes: Record<typeof scheme, Taps> = {
      forward: [
        [1, 1 / h],
        [0, -1 / h],
      ],
      backward: [
        [0, 1 / h],
        [-1, -1 / h],
      ],
      central: [
        [1, 1 / (2 * h)],
        [-1, -1 / (2 * h)],
      ],
    };
    return schemes[scheme];
  });
}

/**
 * ∂²u/∂x² along one axis: (u_{i−1} − 2u_i + u_{i+1})/h² (lecture, "Discretization of ∇²"; the code printed there, L1D, uses n where it means N).
 * Symmetric for every boundary but `reflect` and `none`.
 * @param inShape of one example, say [...grid, channels]
 * @throws ShapeError as `firstDifference`
 */
export function secondDifference(inShape: Shape, options: DifferenceOptions = {}): LinearOperator {
  const { boundary = "zero" } = options;
  const tags: readonly Tag[] = boundary === "reflect" || boundary === "none" ? [] : ["symmetric"];
  return difference("secondDifference", inShape, options, tags, (h) => [
    [-1, 1 / h ** 2],
    [0, -2 / h ** 2],
    [1, 1 / h ** 2],
  ]);
}

function difference(
  op: string,
  inShape: Shape,
  options: DifferenceOptions,
  tags: readonly Tag[],
  tapsOf: (h: number) => Taps,
): LinearOperator {
  const { boundary = "zero" } = options;
  const [axis] = gridAxes(op, inShape, options.axis ?? 0) as [number];
  const n = inShape[axis] as number;
  const h = options.h ?? 1 / n;
  if (!(h > 0)) throw new ShapeError(`${op}: h is ${h}; the distance between grid points must be positive`);
  const map = stencilMap(n, tapsOf(h), boundary);
  if (map.size < 1) throw new ShapeError(`${op}: axis ${axis} has ${n} points; without a boundary it needs at least ${n - map.size + 1}`);
  return alongAxes(op, inShape, [axis], () => map, tags);
}
