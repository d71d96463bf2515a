import { leaves, rebuild, type Tree, zipLeaves } from "../tree.js";
import type { Value } from "../value.js";
import { record } from "./record.js";
import { pullBack, pushForward, zerosLike } from "./sweep.js";

/** f near x: its value, and its Jacobian J as a linear map and its transpose. */
export interface Linearization<X extends Tree, Z extends Tree> {
  readonly value: Z;
  /** J dx. @throws ShapeError unless dx has the form of x */
  apply(dx: X): Z;
  /** Jᵀ dz. @throws ShapeError unless dz has the form of f(x) */
  applyTranspose(dz: Z): X;
}

/**
 * f(x), J v and Jᵀ w, J = ∂f/∂x, as two sweeps over one tape: f runs once, whatever the number of products.
 * @param f from a tree of values to a tree of values
 * @example
 * import { cpu } from "@paramat/backends";
 * import { linearize, mul, ndarray } from "@paramat/core";
 * const x = ndarray(cpu(), [1, 2, 3]);
 * const J = linearize((x) => mul(x, x), x);
 * J.apply(ndarray(x.backend, [1, 1, 1])).toNested(); // → [2, 4, 6]
 */
export function linearize<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X): Linearization<X, Z> {
  const { tape, inputs, output, value } = record(f, x);
  const results = leaves(output);
  return {
    value,
    apply(dx) {
      const seeds = new Map<Value, Value>(zipLeaves("linearize.apply", x, dx).map(([, tangent], i) => [inputs[i] as Value, tangent]));
      const tangents = pushForward(tape, seeds, results);
      return rebuild(
        output,
        tangents.map((t, i) => t ?? zerosLike(results[i] as Value)),
      );
    },
    applyTranspose(dz) {
      const seeds = zipLeaves("linearize.applyTranspose", value, dz).map(([, ct], i) => [results[i] as Value, ct] as const);
      const cotangents = pullBack(tape, seeds, inputs);
      return rebuild(
        x,
        cotangents.map((ct, i) => ct ?? zerosLike(inputs[i] as Value)),
      );
    },
  };
}
