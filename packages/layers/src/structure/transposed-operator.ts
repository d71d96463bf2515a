import type { Tree } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import type { BlockForm } from "./block-form.js";
import { adjoint } from "./blocks/adjoint.js";
import { transposeTags } from "./tag-algebra.js";

/** K(θ)ᵀ as an operator, with K's structure: Kᵀ = V* diag(Bᴴ) U. */
export function transposedOperator<Theta extends Tree>(K: ParametricOperator<Theta>): ParametricOperator<Theta> {
  return {
    name: `transpose of ${K.name}`,
    inShape: K.outShape,
    outShape: K.inShape,
    numParams: K.numParams,
    tags: transposeTags(K.tags ?? []),
    apply: (theta, z) => K.applyTranspose(theta, z),
    applyTranspose: (theta, y) => K.apply(theta, y),
    init: (rng, backend) => K.init(rng, backend),
    ...(K.blockForm ? { blockForm: transposedForm(K.blockForm) } : {}),
  };
}

/** V* diag(Bᴴ) U of U* diag(B) V. */
export function transposedForm<Theta extends Tree>(form: BlockForm<Theta>): BlockForm<Theta> {
  return {
    numBlocks: form.numBlocks,
    numOut: form.numIn,
    numIn: form.numOut,
    sameBasis: form.sameBasis,
    isReal: form.isReal,
    blocks: (theta) => adjoint(form.blocks(theta)),
    analyze: (z) => form.analyzeOut(z),
    synthesize: (z) => form.synthesizeOut(z),
    analyzeOut: (y) => form.analyze(y),
    synthesizeOut: (y) => form.synthesize(y),
  };
}
