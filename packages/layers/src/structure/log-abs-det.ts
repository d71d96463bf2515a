import { requireReadable, sum, type Tree, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { blockLogAbsDet } from "./blocks/block-log-abs-det.js";
import { formOf, largestDenseSolve, requireSquareOperator, type StructureOptions } from "./form-of.js";

/**
 * log|det K(θ)| = Σ log|det B_f(θ)| over the blocks; −∞ for a singular matrix. Differentiable in θ to every order where that is finite.
 * @returns scalar, in nats
 * @throws ShapeError if K is not square, or has no block form and is larger than 2048
 */
export function logAbsDet<Theta extends Tree>(K: ParametricOperator<Theta>, theta: Theta, options: StructureOptions = {}): Value {
  requireSquareOperator("logAbsDet", K);
  const form = formOf("logAbsDet", K, largestDenseSolve, "give K a block form (fourierForm, orthogonalForm, identityForm)", options);
  const blocks = form.blocks(theta);
  if (form.numOut > 1) requireReadable("logAbsDet", blocks.backend, "theta");
  return sum(blockLogAbsDet(blocks));
}
