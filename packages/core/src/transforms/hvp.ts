import type { Tree } from "../tree.js";
import type { Value } from "../value.js";
import { grad } from "./grad.js";
import { jvp } from "./jvp.js";

/**
 * ∇²f(x) v, the Hessian times a vector, forward over reverse: the cost of a few gradients, and no matrix.
 * @param f to a scalar
 * @param v of the form of x
 * @throws NotDifferentiableError unless f gives a scalar; ShapeError unless v has the form of x
 */
export function hvp<X extends Tree>(f: (x: X) => Value, x: X, v: X): X {
  return jvp(grad(f), x, v).tangent;
}
