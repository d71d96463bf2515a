import { sizeOf } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import { type Contractions, checkedContractions, checkedForm } from "./checked-contractions.js";
import type { Declared } from "./declared.js";
import { scaledInit } from "./scaled-init.js";

export interface ContractionsDefinition extends Contractions, Declared, Pick<Parameterization, "fixedPart"> {}

/**
 * The parameterization with the three contractions K(θ)y, K(θ)ᵀz and Qᵀvec(zyᵀ) written by hand, where speed asks for it. Each call checks the shapes
 * of its arguments and its result; `checkParameterization` checks that the three belong together.
 * @throws ShapeError (from the contractions) naming the one whose argument or result has another shape than declared
 */
export function fromContractions(definition: ContractionsDefinition): Parameterization {
  const { name, thetaShape, inShape, outShape, tags, constraint, blockForm, fixedPart, init } = definition;
  return {
    name,
    thetaShape,
    numParams: sizeOf(thetaShape),
    inShape,
    outShape,
    ...checkedContractions(definition),
    init: init ?? ((rng, backend) => scaledInit(definition, rng, backend)),
    ...(tags && { tags }),
    ...(constraint && { constraint }),
    ...(blockForm && { blockForm: checkedForm(definition, blockForm) }),
    ...(fixedPart && { fixedPart }),
  };
}
