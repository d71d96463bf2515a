import { mul, ShapeError, sameShape, showShape, square, sub, sum, type Value } from "@paramat/core";

/**
 * Least squares, mean over examples: 1/(2n) Σₑ ‖yₑ − cₑ‖².
 * @param output [examples, ...shape]
 * @param target of the same shape
 * @returns scalar, ≥ 0
 * @throws ShapeError if the shapes differ, there is no axis of examples, or no example
 */
export function leastSquares(output: Value, target: Value): Value {
  if (output.shape.length < 1 || !sameShape(output.shape, target.shape)) {
    throw new ShapeError(
      `leastSquares: output is ${showShape(output.shape)}, target is ${showShape(target.shape)}; both must be [examples, ...shape]`,
    );
  }
  if (output.shape[0] === 0) throw new ShapeError(`leastSquares: output is ${showShape(output.shape)}; there must be at least one example`);
  return mul(sum(square(sub(output, target))), 0.5 / (output.shape[0] as number));
}
