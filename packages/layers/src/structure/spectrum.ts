import { requireReadable, reshape, type Tree, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { blockEigenvalues } from "./blocks/block-eigenvalues.js";
import { refuseKinks } from "./blocks/kinks.js";
import { exactSymmetry } from "./exact-symmetry.js";
import { denseFormWithin, largestDenseSpectrum, requireSquareOperator, type StructureOptions } from "./form-of.js";
import { impliedTags } from "./implied-tags.js";

/**
 * The eigenvalues λ of K(θ), K v = λ v, each as often as it occurs. Differentiable in θ to every order where the eigenvalues of a block are distinct.
 * @returns [2, n], real plane first. Block by block in the order of K's block form, so that a circulant's stand by frequency and a diagonal's as on the
 * diagonal; within a block by real part, then imaginary part. Exactly real where K is tagged symmetric, exactly imaginary where antisymmetric.
 * @throws ShapeError if K is not square, or has no block form and is larger than 1024
 * @throws NotDifferentiableError when differentiated where eigenvalues of one block coincide and are not treated alike
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { diagonalMatrix, spectrum } from "@paramat/layers";
 * spectrum(diagonalMatrix(2), ndarray(cpu(), [3, -1])).toNested(); // → [[3, -1], [0, 0]]
 */
export function spectrum<Theta extends Tree>(K: ParametricOperator<Theta>, theta: Theta, options: StructureOptions = {}): Value {
  requireSquareOperator("spectrum", K, "; a rectangular one has singularValues");
  // Eigenvalues need the same basis on both sides.
  const form = K.blockForm?.sameBasis
    ? K.blockForm
    : denseFormWithin("spectrum", K, largestDenseSpectrum, "estimateNorm finds the norm alone without a matrix", options);
  const blocks = form.blocks(theta);
  if (form.numOut > 1) requireReadable("spectrum", blocks.backend, "theta");
  const { values, groups } = blockEigenvalues(exactSymmetry(blocks, impliedTags(K.tags ?? [])));
  return refuseKinks(reshape(values, [2, form.numBlocks * form.numOut]), { op: "spectrum", groups, zeros: [] });
}
