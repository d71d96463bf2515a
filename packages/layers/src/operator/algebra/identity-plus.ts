import { add, ShapeError, sameShape, showShape, type Tree } from "@paramat/core";
import type { Parameterization } from "../../parameterization.js";
import type { BlockForm } from "../../structure/block-form.js";
import { identityBlock } from "../../structure/blocks/identity-blocks.js";
import { identityOperator } from "../identity-operator.js";
import type { LinearOperator } from "../linear-operator.js";
import type { ParametricOperator } from "../parametric-operator.js";
import { derive } from "./derive.js";
import { sumOperators } from "./sum-operators.js";
import { isParametric, type Term } from "./term.js";

/**
 * I + K(θ), as in a residual step; affine in θ, with the fixed part A₀ = I. The parameters are K's.
 * @throws ShapeError unless K maps a shape to itself
 */
export function identityPlus(K: LinearOperator): LinearOperator;
export function identityPlus(K: Parameterization): Parameterization;
export function identityPlus<Theta extends Tree>(K: ParametricOperator<Theta>): ParametricOperator<Theta>;
export function identityPlus(K: Term): Term {
  if (!sameShape(K.inShape, K.outShape)) {
    throw new ShapeError(
      `identityPlus: ${K.name} maps ${showShape(K.inShape)} to ${showShape(K.outShape)}; only a map of a shape to itself can be added to the identity`,
    );
  }
  const I = identityOperator(K.inShape);
  const assemble = (A: LinearOperator) => ({ ...sumOperators(I, A), name: `I + ${A.name}` });
  if (!isParametric(K)) return assemble(K);
  return derive(K, { assemble, share: (y, z) => [y, z], isAffine: true, blockForm: K.blockForm && shiftedForm(K.blockForm) });
}

/** With U = V, I + U* B U = U*(I + B)U. */
function shiftedForm<Theta extends Tree>(form: BlockForm<Theta>): BlockForm<Theta> | undefined {
  if (!form.sameBasis || form.numIn !== form.numOut) return undefined;
  return {
    ...form,
    blocks(theta) {
      const blocks = form.blocks(theta);
      return add(blocks, identityBlock(blocks.backend, form.numIn));
    },
  };
}
