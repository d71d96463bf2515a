import { add, reshape, square, sum } from "@paramat/core";
import { leafSum } from "../leaf-sum.js";
import type { Regularizer } from "../regularizer.js";
import { requireEpsilon, smoothedRoot } from "../sparsity/smoothed-root.js";
import { differenceOperators, operatorsByForm, type SmoothnessOptions } from "./difference-operators.js";

export interface TotalVariationOptions extends SmoothnessOptions {
  /** Slopes well below it count as squares; default 1e-3. */
  readonly epsilon?: number;
  /** `isotropic`, the default, takes the length of the gradient; `anisotropic` the sum of its entries' moduli, which favours edges along the axes. */
  readonly kind?: "isotropic" | "anisotropic";
}

/**
 * Smoothed total variation: R(W) = λ Σ_i (√(|∇w|²_i + ε²) − ε), or anisotropic λ Σ_i Σ_a (√((D_a w)²_i + ε²) − ε), with forward differences D_a along each
 * axis of the grid: piecewise constant weights, whose edges cost by their height alone (Rudin, Osher & Fatemi 1992; Vogel, ch. 8).
 * @param options the grid, its distances h (default 1/n) and boundary (default `symmetric`, under which constants cost nothing); each channel by itself
 * @throws RangeError unless λ is finite and ≥ 0 and ε finite and > 0; ShapeError (when applied) if a leaf does not fit the grid; TypeError if no leaf is
 * selected
 * @remarks Sums over the grid's points are not weighted by their volume, as in the quadratic penalties. Its proximal map has no closed form.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { totalVariation } from "@paramat/regularizers";
 * // One step of height 4: √(16 + 9) − 3
 * totalVariation(1, { h: 1, epsilon: 3 })(ndarray(cpu("float64"), [0, 0, 4, 4])).item(); // → 2
 */
export function totalVariation(lambda = 1, options: TotalVariationOptions = {}): Regularizer {
  const name = "totalVariation";
  const { epsilon = 1e-3, kind = "isotropic", build } = options;
  requireEpsilon(name, epsilon, "positive");
  if (kind !== "isotropic" && kind !== "anisotropic") {
    throw new RangeError(`${name}: kind is ${String(kind)}; it must be isotropic or anisotropic`);
  }
  const operators = operatorsByForm(name, options, "symmetric", (view) => differenceOperators(view, 1, build));
  return leafSum({
    name,
    lambda,
    selection: options,
    valueOf(leaf) {
      const { view, operators: differences } = operators(leaf);
      const rows = reshape(leaf, view.shape);
      const squares = differences.map((D) => square(D.apply(rows)));
      const parts = kind === "isotropic" ? [squares.reduce((a, b) => add(a, b))] : squares;
      return parts.map((part) => sum(smoothedRoot(part, epsilon))).reduce((a, b) => add(a, b));
    },
  });
}
