import { ShapeError } from "../errors.js";
import { sameShape, showShape } from "../shape.js";
import type { Value } from "../value.js";
import { requireKnownOptions } from "./known-options.js";
import { mul } from "./mul.js";
import { type ReduceOptions, sum } from "./sum.js";

/**
 * ⟨a, b⟩ = Σ a b over `axes`, all by default.
 * @param b of the shape of a
 * @throws ShapeError if the shapes differ, or an axis is outside the array or named twice
 */
export function dot(a: Value, b: Value, options: ReduceOptions = {}): Value {
  requireKnownOptions("dot", options, ["axes", "keepAxes"]);
  if (!sameShape(a.shape, b.shape))
    throw new ShapeError(`dot: a is ${showShape(a.shape)}, b is ${showShape(b.shape)}; the shapes must agree`);
  return sum(mul(a, b), options);
}
