import type { Tree } from "../tree.js";
import { linearize } from "./linearize.js";

/**
 * f(x) and its derivative in direction dx: J dx, forward mode.
 * @throws ShapeError unless dx has the form of x
 */
export function jvp<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X, dx: X): { readonly value: Z; readonly tangent: Z } {
  const { value, apply } = linearize(f, x);
  return { value, tangent: apply(dx) };
}
