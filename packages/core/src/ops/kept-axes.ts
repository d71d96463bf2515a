import type { Shape } from "../shape.js";
import type { Value } from "../value.js";
import { reshape } from "./reshape.js";

/** The shape of a reduction over `axes` while they stay, as axes of size 1. */
export function keptShape(shape: Shape, axes: readonly number[]): Shape {
  return shape.map((n, axis) => (axes.includes(axis) ? 1 : n));
}

/** A reduction over `axes`, which have size 1, without them, or as it is if `keepAxes`. */
export function dropAxes(reduced: Value, axes: readonly number[], keepAxes = false): Value {
  return keepAxes
    ? reduced
    : reshape(
        reduced,
        reduced.shape.filter((_, axis) => !axes.includes(axis)),
      );
}
