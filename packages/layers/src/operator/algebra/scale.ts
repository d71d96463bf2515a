import { mul, type Tree } from "@paramat/core";
import type { Parameterization } from "../../parameterization.js";
import { scaleTags } from "../../structure/tag-algebra.js";
import { linearOperator } from "../checked-operator.js";
import type { LinearOperator } from "../linear-operator.js";
import type { ParametricOperator } from "../parametric-operator.js";
import { derive } from "./derive.js";
import { isParametric, type Term } from "./term.js";

/**
 * c K(θ), with a fixed number c; the parameters are K's.
 * @throws RangeError unless c is finite
 */
export function scale(c: number, K: LinearOperator): LinearOperator;
export function scale(c: number, K: Parameterization): Parameterization;
export function scale<Theta extends Tree>(c: number, K: ParametricOperator<Theta>): ParametricOperator<Theta>;
export function scale(c: number, K: Term): Term {
  if (!Number.isFinite(c)) throw new RangeError(`scale: the factor is ${c}; it must be a finite number`);
  if (!isParametric(K)) return scaled(c, K);
  const form = K.blockForm;
  return derive(K, {
    assemble: (A) => scaled(c, A),
    share: (y, z) => [y, mul(z, c)],
    blockForm: form && { ...form, blocks: (theta) => mul(form.blocks(theta), c) },
  });
}

function scaled(c: number, A: LinearOperator): LinearOperator {
  return linearOperator({
    name: `${c}·${A.name}`,
    inShape: A.inShape,
    outShape: A.outShape,
    tags: scaleTags(A.tags ?? [], c),
    apply: (y) => mul(A.apply(y), c),
    applyTranspose: (z) => mul(A.applyTranspose(z), c),
  });
}
