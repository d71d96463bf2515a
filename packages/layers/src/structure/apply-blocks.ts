import { type Tree, transpose, type Value } from "@paramat/core";
import type { BlockForm } from "./block-form.js";
import { complexMatmul } from "./blocks/complex-matmul.js";

/** K(θ) y = U* diag(B(θ)) V y by a block form: [examples, ...inShape] to [examples, ...outShape]. */
export function applyBlocks<Theta extends Tree>(form: BlockForm<Theta>, theta: Theta, y: Value): Value {
  return form.synthesizeOut(multiplyBlocks(form.blocks(theta), form.analyze(y)));
}

/** K(θ)ᵀ z = V* diag(B(θ)ᴴ) U z by a block form: [examples, ...outShape] to [examples, ...inShape]. */
export function applyBlocksTranspose<Theta extends Tree>(form: BlockForm<Theta>, theta: Theta, z: Value): Value {
  return form.synthesize(multiplyBlocks(form.blocks(theta), form.analyzeOut(z), { adjoint: true }));
}

/** B_f ŷ_f (or B_fᴴ ŷ_f) for every block f: blocks [2, F, m, n] and coefficients [2, examples, F, n] to [2, examples, F, m]. */
export function multiplyBlocks(blocks: Value, coefficients: Value, options: { readonly adjoint?: boolean } = {}): Value {
  return byExample(complexMatmul(blocks, byBlock(coefficients), { adjointA: options.adjoint ?? false }));
}

/** Coefficients as the columns of one matrix for each block: [2, examples, F, n] to [2, F, n, examples]. */
export function byBlock(coefficients: Value): Value {
  return transpose(coefficients, [0, 2, 3, 1]);
}

/** [2, F, n, examples] back to [2, examples, F, n]. */
export function byExample(columns: Value): Value {
  return transpose(columns, [0, 3, 1, 2]);
}
