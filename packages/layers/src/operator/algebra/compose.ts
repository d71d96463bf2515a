import type { Tree } from "@paramat/core";
import type { Parameterization } from "../../parameterization.js";
import type { LinearOperator } from "../linear-operator.js";
import type { ParametricOperator } from "../parametric-operator.js";
import { composeOperators } from "./compose-operators.js";
import { derive } from "./derive.js";
import { isParametric, type Term } from "./term.js";

/**
 * A K(θ) or K(θ) A with a fixed map A: the right one acts first. The parameters are K's, so a parameterization stays one; for two maps with
 * parameters see `product`.
 * @throws ShapeError if the left one does not take what the right one gives
 * @throws TypeError if both have parameters
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { compose, diagonalMatrix, firstDifference, toDense } from "@paramat/layers";
 * const K = compose(diagonalMatrix(2), firstDifference([3], { h: 1, boundary: "none" }));
 * toDense(K, ndarray(cpu(), [5, 7])).toNested(); // → [[-5, 5, 0], [0, -7, 7]]
 */
export function compose(left: LinearOperator, right: LinearOperator): LinearOperator;
export function compose(left: LinearOperator, right: Parameterization): Parameterization;
export function compose(left: Parameterization, right: LinearOperator): Parameterization;
export function compose<Theta extends Tree>(left: LinearOperator, right: ParametricOperator<Theta>): ParametricOperator<Theta>;
export function compose<Theta extends Tree>(left: ParametricOperator<Theta>, right: LinearOperator): ParametricOperator<Theta>;
export function compose(left: Term, right: Term): Term {
  if (isParametric(left) && isParametric(right)) {
    throw new TypeError(
      `compose: both ${left.name} and ${right.name} have parameters; product([…]) is linear in each, with parameters in a list`,
    );
  }
  if (isParametric(right)) {
    const A = left as LinearOperator;
    return derive(right, { assemble: (K) => composeOperators(A, K), share: (y, z) => [y, A.applyTranspose(z)] });
  }
  if (isParametric(left)) {
    return derive(left, { assemble: (K) => composeOperators(K, right), share: (y, z) => [right.apply(y), z] });
  }
  return composeOperators(left, right);
}
