import type { Shape, Tree } from "@paramat/core";
import type { Parameterization } from "../../parameterization.js";
import type { LinearOperator } from "../linear-operator.js";
import type { ParametricOperator } from "../parametric-operator.js";
import { type RestrictionOptions, restriction } from "../restriction.js";
import { compose } from "./compose.js";
import type { Term } from "./term.js";

/**
 * R K(θ): z at every `stride`-th point only (lecture, "Other Operators for Imaging Tasks"); the parameters are K's. All of K y is computed and then
 * most of it left out; `convolution` has a stride of its own that computes only what is kept.
 * @param stride one number, or one for each axis of the grid
 * @throws ShapeError as `restriction`
 */
export function strided(K: LinearOperator, stride: number | Shape, options?: RestrictionOptions): LinearOperator;
export function strided(K: Parameterization, stride: number | Shape, options?: RestrictionOptions): Parameterization;
export function strided<Theta extends Tree>(
  K: ParametricOperator<Theta>,
  stride: number | Shape,
  options?: RestrictionOptions,
): ParametricOperator<Theta>;
export function strided(K: Term, stride: number | Shape, options: RestrictionOptions = {}): Term {
  return compose(restriction(K.outShape, stride, options), K as Parameterization);
}
