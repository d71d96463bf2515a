import type { Tree } from "../tree.js";
import { linearize } from "./linearize.js";

/**
 * f(x) and the transpose of its Jacobian: `pullback(ct)` is Jᵀ ct, reverse mode.
 * @throws ShapeError (from `pullback`) unless ct has the form of f(x)
 */
export function vjp<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X): { readonly value: Z; pullback(ct: Z): X } {
  const { value, applyTranspose } = linearize(f, x);
  return { value, pullback: applyTranspose };
}
