import type { Backend } from "@paramat/backends";
import { eye, leaves, reshape, ShapeError, sizeOf, type Tree, transpose, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import type { BlockForm } from "./block-form.js";
import { identityForm } from "./identity-form.js";
import { toDense } from "./to-dense.js";

/**
 * K(θ) as one dense m × n block (`toDense`). Differentiable in θ. Memory grows as m·n, the work on the block as n³.
 * @param backend needed only if θ holds no array
 * @throws ShapeError (from `blocks`) if θ holds no array and no backend is given
 */
export function denseForm<Theta extends Tree>(K: ParametricOperator<Theta>, backend?: Backend): BlockForm<Theta> {
  const n = sizeOf(K.inShape);
  const m = sizeOf(K.outShape);
  return identityForm<Theta>(K.inShape, K.outShape, 1, (theta): Value => {
    if (leaves(theta).length > 0) return toDense(K, theta);
    if (!backend)
      throw new ShapeError(`denseForm: the parameters of ${K.name} hold no array, so there is no backend to compute on; pass one`);
    // Row j is K u_j, the j-th column of the matrix.
    return transpose(reshape(K.apply(theta, reshape(eye(backend, n), [n, ...K.inShape])), [n, m]));
  });
}
