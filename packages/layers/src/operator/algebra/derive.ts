import type { Tree, Value } from "@paramat/core";
import type { BlockForm } from "../../structure/block-form.js";
import type { LinearOperator } from "../linear-operator.js";
import type { ParametricOperator } from "../parametric-operator.js";
import { zeroOperator } from "../zero-operator.js";
import { at } from "./at.js";
import { isParameterization, outline } from "./term.js";

export interface Derivation<Theta extends Tree> {
  /** The new map from K at its parameters, linear or affine in it. It checks shapes, and says the name, the shapes and the tags of the result. */
  readonly assemble: (K: LinearOperator) => LinearOperator;
  /** What K sees of the new map's ⟨z, K̃ y⟩: ⟨z′, K y′⟩, up to what does not depend on K. */
  readonly share: (y: Value, z: Value) => readonly [y: Value, z: Value];
  /** Whether the new map of K = 0 is not 0. */
  readonly isAffine?: boolean;
  readonly blockForm?: BlockForm<Theta> | undefined;
}

/** A map with the parameters of K: their form, initial values and constraint stay. A parameterization stays one. */
export function derive<Theta extends Tree>(K: ParametricOperator<Theta>, derivation: Derivation<Theta>): ParametricOperator<Theta> {
  const { assemble, share, isAffine = false, blockForm } = derivation;
  const { name, inShape, outShape, tags } = assemble(outline(K));
  const derived: ParametricOperator<Theta> = {
    name,
    inShape,
    outShape,
    numParams: K.numParams,
    ...(tags && { tags }),
    apply: (theta, y) => assemble(at(K, theta)).apply(y),
    applyTranspose: (theta, z) => assemble(at(K, theta)).applyTranspose(z),
    init: (rng, backend) => K.init(rng, backend),
    ...(blockForm && { blockForm }),
  };
  if (!isParameterization(K)) return derived;
  const { thetaShape, constraint, fixedPart } = K;
  const parameterization = {
    ...derived,
    thetaShape,
    jacobianTranspose: (y: Value, z: Value) => K.jacobianTranspose(...share(y, z)),
    ...(constraint && { constraint }),
    ...((fixedPart || isAffine) && { fixedPart: assemble(fixedPart ?? zeroOperator(K.inShape, K.outShape)) }),
  };
  return parameterization;
}
