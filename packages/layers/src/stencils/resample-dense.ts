import { reshape, type Shape, ShapeError, showShape, sizeOf, type Value } from "@paramat/core";
import { alongAxis, type Matrix } from "./along-axis.js";

/**
 * Dense weights for the same image on another grid: w(ξ) is taken as constant over each cell, so that w·y ≈ ∫ w(ξ) y(ξ) dξ (lecture, "Type of
 * Regularization") stays what it was: on r times the points of an axis each weight is repeated r times and divided by r, on the r-th part r are added.
 * @param theta [m, entries of `from`]
 * @param from [...grid, channels] of the examples that θ is for
 * @param to [...grid, channels] of the examples that θ is wanted for
 * @returns [m, entries of `to`]
 * @throws ShapeError if θ does not fit, channels differ, or an axis does not have a whole multiple of the points, or a whole part
 */
export function resampleDense(theta: Value, from: Shape, to: Shape): Value {
  const op = "resampleDense";
  const m = theta.shape[0] ?? 0;
  if (theta.shape.length !== 2 || theta.shape[1] !== sizeOf(from)) {
    throw new ShapeError(`${op}: theta is ${showShape(theta.shape)} for examples ${showShape(from)}; it must be [m, ${sizeOf(from)}]`);
  }
  const nests = (a: number, b: number) => Math.max(a, b) % Math.min(a, b) === 0;
  if (from.length !== to.length || from.at(-1) !== to.at(-1) || !from.every((n, axis) => nests(n, to[axis] as number))) {
    throw new ShapeError(
      `${op}: from ${showShape(from)} to ${showShape(to)}; channels must agree, and along each axis one number of points must be a multiple of the other`,
    );
  }
  const axes = from.map((_, axis) => axis).filter((axis) => from[axis] !== to[axis]);
  const weights = axes.reduce(
    (w, axis) => alongAxis(cells(from[axis] as number, to[axis] as number), w, axis + 1),
    reshape(theta, [m, ...from]),
  );
  return reshape(weights, [m, sizeOf(to)]);
}

/** Row i, column j: how much of cell j's weight cell i gets. */
function cells(from: number, to: number): Matrix {
  return Array.from({ length: to }, (_, i) =>
    Array.from({ length: from }, (_, j) =>
      to > from ? (Math.floor((i * from) / to) === j ? from / to : 0) : Math.floor((j * to) / from) === i ? 1 : 0,
    ),
  );
}
