import { gather, requireReadable, reshape, type Tree, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { blockSingularValues } from "./blocks/block-singular-values.js";
import { refuseKinks } from "./blocks/kinks.js";
import { formOf, largestDenseSpectrum, type StructureOptions } from "./form-of.js";

/**
 * The singular values σ₁ ≥ σ₂ ≥ … of K(θ), min(m, n) of them. Differentiable in θ where those of each block are distinct and not 0.
 * @returns [min(m, n)], descending
 * @throws ShapeError if K has no block form and is larger than 1024
 * @throws NotDifferentiableError when differentiated where one is 0, or where some of one block coincide and are not treated alike
 */
export function singularValues<Theta extends Tree>(K: ParametricOperator<Theta>, theta: Theta, options: StructureOptions = {}): Value {
  const { values, groups, zeros } = allSingularValues("singularValues", K, theta, options);
  const numbers = values.toArray();
  const order = Array.from(numbers.keys()).sort((i, j) => (numbers[j] as number) - (numbers[i] as number));
  return gather(refuseKinks(values, { op: "singularValues", groups, zeros }), order);
}

/** The singular value at one end of those of K(θ), as a scalar. */
export function extremeSingularValue<Theta extends Tree>(
  op: string,
  K: ParametricOperator<Theta>,
  theta: Theta,
  end: "largest" | "smallest",
  options: StructureOptions = {},
): Value {
  const { values, groups, zeros } = allSingularValues(op, K, theta, options);
  const at = extreme(Array.from(values.toArray()), end);
  const alone = refuseKinks(gather(values, [at]), { op, groups: [], zeros: zeros.includes(at) ? [0] : [] });
  // One of a coinciding group is not treated like the others, so its derivative is refused there.
  const group = groups.find((members) => members.includes(at));
  const guarded = group
    ? gather(refuseKinks(gather(values, group), { op, groups: [group.map((_, i) => i)], zeros: [] }), [group.indexOf(at)])
    : alone;
  return reshape(guarded, []);
}

function allSingularValues<Theta extends Tree>(op: string, K: ParametricOperator<Theta>, theta: Theta, options: StructureOptions) {
  const form = formOf(op, K, largestDenseSpectrum, "estimateNorm finds the largest singular value without a matrix", options);
  const blocks = form.blocks(theta);
  requireReadable(op, blocks.backend, "theta");
  const { values, ...kinks } = blockSingularValues(blocks);
  return { values: reshape(values, [values.size]), ...kinks };
}

/** The position of the largest or smallest number; of the first NaN if there is one. */
function extreme(numbers: readonly number[], end: "largest" | "smallest"): number {
  const nan = numbers.findIndex(Number.isNaN);
  if (nan >= 0) return nan;
  const sign = end === "largest" ? 1 : -1;
  return numbers.reduce((best, x, i) => (sign * x > sign * (numbers[best] as number) ? i : best), 0);
}
