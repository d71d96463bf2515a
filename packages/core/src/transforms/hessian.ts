import { leaves, rebuildWith, type Tree } from "../tree.js";
import type { Value } from "../value.js";
import { grad } from "./grad.js";
import { jacobian } from "./jacobian.js";

/** ∇²f in blocks: for every leaf of x, a tree of the form of x. For one array it is the array [...x.shape, ...x.shape]. */
export type HessianOf<X, Block = X> = X extends Value ? Block : { readonly [K in keyof X]: HessianOf<X[K], Block> };

/**
 * ∇²f(x), block by block: the block of leaves a and b has shape [...a.shape, ...b.shape]. Cost: one gradient and one sweep per entry of x.
 * @param f to a scalar
 * @throws NotDifferentiableError unless f gives a scalar
 */
export function hessian(f: (x: Value) => Value): (x: Value) => Value;
export function hessian<X extends Tree>(f: (x: X) => Value): (x: X) => HessianOf<X>;
export function hessian<X extends Tree>(f: (x: X) => Value): (x: X) => HessianOf<X> {
  const gradient = grad(f);
  return (x) => {
    const blocks = leaves(x).map((_, k) => jacobian((at: X) => leaves(gradient(at))[k] as Value, { mode: "reverse" })(x));
    return rebuildWith(x, blocks) as HessianOf<X>;
  };
}
