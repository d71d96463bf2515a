import { add, expm1, log, maximum, neg, softplus } from "@paramat/core";
import type { Constraint } from "../constraint.js";

/**
 * θ ≥ 0, entry by entry: the projection is max(θ, 0), the free form θ = log(1 + e^η).
 * @remarks `toFree(θ) = θ + log(1 − e^{−θ})`, which is −∞ at θ = 0: softplus takes that back to 0, and no gradient leads away from it; start from θ > 0.
 * It is NaN where θ < 0.
 */
export const nonNegative: Constraint = {
  name: "θ ≥ 0",
  project: (theta) => maximum(theta, 0),
  fromFree: softplus,
  // log(e^θ − 1) without overflow for large θ and without cancellation for small.
  toFree: (theta) => add(theta, log(neg(expm1(neg(theta))))),
  holds: (theta) => theta.toArray().every((t: number) => t >= 0),
};
