import { add, mul, ndarray, type Tree, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import type { BlockForm } from "./block-form.js";
import { complexMatmul } from "./blocks/complex-matmul.js";
import { identityBlock } from "./blocks/identity-blocks.js";
import { sumTags } from "./tag-algebra.js";

/** The parameters of K and the number beside it, both of which derivatives reach. */
export type Shifted<Theta extends Tree> = { readonly theta: Theta; readonly shift: Value };

/** K(θ) + αI, α = `shift`, a scalar. Keeps symmetry, and positivity only if the caller knows α ≥ 0. */
export function shiftedOperator<Theta extends Tree>(K: ParametricOperator<Theta>, isPositive: boolean): ParametricOperator<Shifted<Theta>> {
  const form = K.blockForm;
  return {
    name: `${K.name} + αI`,
    inShape: K.inShape,
    outShape: K.outShape,
    numParams: K.numParams + 1,
    // I is diagonal, a circulant, and for α ≥ 0 positive and an M-matrix.
    tags: sumTags(
      K.tags ?? [],
      isPositive
        ? ["diagonal", "circulant", "bccb", "banded", "positiveSemidefinite", "mMatrix"]
        : ["diagonal", "circulant", "bccb", "banded"],
    ),
    apply: ({ theta, shift }, y) => add(K.apply(theta, y), mul(shift, y)),
    applyTranspose: ({ theta, shift }, z) => add(K.applyTranspose(theta, z), mul(shift, z)),
    init: (rng, backend) => ({ theta: K.init(rng, backend), shift: ndarray(backend, 1) }),
    ...(form?.sameBasis ? { blockForm: shiftedForm(form) } : {}),
  };
}

/** hK(θ)ᵀK(θ) + I, h = `shift`, a scalar ≥ 0: symmetric positive definite. */
export function implicitStepOperator<Theta extends Tree>(K: ParametricOperator<Theta>): ParametricOperator<Shifted<Theta>> {
  const product = ({ theta, shift }: Shifted<Theta>, y: Value) => add(mul(shift, K.applyTranspose(theta, K.apply(theta, y))), y);
  return {
    name: `hKᵀK + I, K the ${K.name}`,
    inShape: K.inShape,
    outShape: K.inShape,
    numParams: K.numParams + 1,
    tags: ["symmetric", "positiveSemidefinite"],
    apply: product,
    applyTranspose: product,
    init: (rng, backend) => ({ theta: K.init(rng, backend), shift: ndarray(backend, 1) }),
    ...(K.blockForm ? { blockForm: implicitStepForm(K.blockForm) } : {}),
  };
}

function shiftedForm<Theta extends Tree>(form: BlockForm<Theta>): BlockForm<Shifted<Theta>> {
  return {
    ...form,
    blocks: ({ theta, shift }) => add(form.blocks(theta), mul(shift, identityBlock(shift.backend, form.numIn))),
  };
}

/** V* diag(h BᴴB + I) V. */
function implicitStepForm<Theta extends Tree>(form: BlockForm<Theta>): BlockForm<Shifted<Theta>> {
  const { numBlocks, numIn, isReal } = form;
  const bases = { analyze: form.analyze, synthesize: form.synthesize, analyzeOut: form.analyze, synthesizeOut: form.synthesize };
  return {
    ...bases,
    numBlocks,
    numIn,
    numOut: numIn,
    sameBasis: true,
    isReal,
    blocks({ theta, shift }) {
      const blocks = form.blocks(theta);
      return add(mul(shift, complexMatmul(blocks, blocks, { adjointA: true })), identityBlock(shift.backend, numIn));
    },
  };
}
