import type { Tree } from "@paramat/core";
import type { Parameterization } from "../../parameterization.js";
import type { LinearOperator } from "../linear-operator.js";
import type { ParametricOperator } from "../parametric-operator.js";
import { zeroOperator } from "../zero-operator.js";

/** What the algebra combines: fixed maps and maps with parameters. */
export type Term = LinearOperator | ParametricOperator;

/** The parameters of several terms: a list of the parameters of each that has some, in order. */
export type ThetasOf<Terms extends readonly Term[]> = Terms extends readonly [infer First, ...infer Rest extends readonly Term[]]
  ? First extends ParametricOperator<infer Theta>
    ? readonly [Theta, ...ThetasOf<Rest>]
    : ThetasOf<Rest>
  : Terms extends readonly []
    ? readonly []
    : readonly Tree[];

/** Whether the map has parameters. */
export function isParametric(term: Term): term is ParametricOperator {
  return "numParams" in term;
}

/** Whether the map is linear in its parameters, an array. */
export function isParameterization(term: Term): term is Parameterization {
  return "jacobianTranspose" in term;
}

/** A stand-in with the name, the shapes and the tags of a term. */
export function outline(term: Term): LinearOperator {
  if (!isParametric(term)) return term;
  const { name, inShape, outShape, tags } = term;
  return { ...zeroOperator(inShape, outShape), name, ...(tags && { tags }) };
}
