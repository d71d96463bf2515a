import type { Tree } from "@paramat/core";
import type { Parameterization } from "../../parameterization.js";
import type { BlockForm } from "../../structure/block-form.js";
import { adjoint } from "../../structure/blocks/adjoint.js";
import { transposeTags } from "../../structure/tag-algebra.js";
import { linearOperator } from "../checked-operator.js";
import type { LinearOperator } from "../linear-operator.js";
import type { ParametricOperator } from "../parametric-operator.js";
import { derive } from "./derive.js";
import { isParametric, type Term } from "./term.js";

/**
 * K(θ)ᵀ as a map of its own; the parameters are K's. Of a convolution it is the transposed convolution.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { denseMatrix, toDense, transposeOf } from "@paramat/layers";
 * toDense(transposeOf(denseMatrix([2], [1])), ndarray(cpu(), [[3, 4]])).toNested(); // → [[3], [4]]
 */
export function transposeOf(K: LinearOperator): LinearOperator;
export function transposeOf(K: Parameterization): Parameterization;
export function transposeOf<Theta extends Tree>(K: ParametricOperator<Theta>): ParametricOperator<Theta>;
export function transposeOf(K: Term): Term {
  if (!isParametric(K)) return transposed(K);
  // ⟨z, Kᵀy⟩ = ⟨y, Kz⟩: y and z change places.
  return derive(K, { assemble: transposed, share: (y, z) => [z, y], blockForm: K.blockForm && transposedForm(K.blockForm) });
}

function transposed(A: LinearOperator): LinearOperator {
  return linearOperator({
    name: `${A.name}ᵀ`,
    inShape: A.outShape,
    outShape: A.inShape,
    tags: transposeTags(A.tags ?? []),
    apply: (y) => A.applyTranspose(y),
    applyTranspose: (z) => A.apply(z),
  });
}

/** K = U* B V is real, so Kᵀ = V* Bᴴ U. */
function transposedForm<Theta extends Tree>(form: BlockForm<Theta>): BlockForm<Theta> {
  return {
    ...form,
    numOut: form.numIn,
    numIn: form.numOut,
    blocks: (theta) => adjoint(form.blocks(theta)),
    analyze: (z) => form.analyzeOut(z),
    synthesize: (z) => form.synthesizeOut(z),
    analyzeOut: (y) => form.analyze(y),
    synthesizeOut: (y) => form.synthesize(y),
  };
}
