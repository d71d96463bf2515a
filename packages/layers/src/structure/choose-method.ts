import { sizeOf, type Tree } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { impliedTags } from "./implied-tags.js";
import type { SolveMethod } from "./solve-result.js";

/** Largest n whose dense matrix is factored without being asked for. */
export const smallDense = 512;

/**
 * The method that K's structure asks for: its block form if it has one; up to n = 512 the dense matrix; else by tags: symmetric and positive
 * semidefinite cg, symmetric minres, anything else gmres.
 */
export function chooseMethod<Theta extends Tree>(K: ParametricOperator<Theta>): SolveMethod {
  if (K.blockForm) return "block";
  if (sizeOf(K.inShape) <= smallDense) return "dense";
  const tags = impliedTags(K.tags ?? []);
  // A symmetric M-matrix is diagonally dominant with a diagonal ≥ 0.
  if (tags.includes("positiveSemidefinite") || (tags.includes("symmetric") && tags.includes("mMatrix"))) return "cg";
  return tags.includes("symmetric") ? "minres" : "gmres";
}
