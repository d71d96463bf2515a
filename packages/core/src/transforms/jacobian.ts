import { ndarray } from "../array.js";
import { NotDifferentiableError } from "../errors.js";
import { reshape } from "../ops/reshape.js";
import { stack } from "../ops/stack.js";
import { isValue, leaves, rebuild, type Tree } from "../tree.js";
import type { Value } from "../value.js";
import { linearize } from "./linearize.js";

export interface JacobianOptions {
  /** One sweep per entry of x (forward) or of f(x) (reverse); the smaller count if left out. */
  readonly mode?: "forward" | "reverse";
}

/**
 * J = ∂f/∂x as arrays: for every leaf of x one of shape [...f(x).shape, ...leaf.shape]. f runs once; the cost is one sweep per row or column.
 * @param f to one value of any shape
 * @throws NotDifferentiableError unless f gives one value
 */
export function jacobian(f: (x: Value) => Value, options?: JacobianOptions): (x: Value) => Value;
export function jacobian<X extends Tree>(f: (x: X) => Value, options?: JacobianOptions): (x: X) => X;
export function jacobian<X extends Tree>(f: (x: X) => Value, options: JacobianOptions = {}): (x: X) => X {
  return (x) => {
    const { value, apply, applyTranspose } = linearize(f, x);
    if (!isValue(value)) throw new NotDifferentiableError("jacobian: the function must give one value, not a tree of them");
    const inputs = leaves(x);
    const numIn = inputs.reduce((n, leaf) => n + leaf.size, 0);
    const mode = options.mode ?? (value.size <= numIn ? "reverse" : "forward");
    if (mode === "reverse") {
      const rows = Array.from({ length: value.size }, (_, i) => leaves(applyTranspose(unit(value, i))));
      return rebuild(
        x,
        inputs.map((leaf, k) => {
          const shape = [...value.shape, ...leaf.shape];
          return rows.length === 0 ? emptyOf(leaf, shape) : reshape(stack(rows.map((row) => row[k] as Value)), shape);
        }),
      );
    }
    return rebuild(
      x,
      inputs.map((leaf, k) => {
        const shape = [...value.shape, ...leaf.shape];
        const columns = Array.from({ length: leaf.size }, (_, i) =>
          apply(
            rebuild(
              x,
              inputs.map((other, m) => (m === k ? unit(leaf, i) : zerosOf(other))),
            ),
          ),
        );
        return columns.length === 0 ? emptyOf(leaf, shape) : reshape(stack(columns, { axis: -1 }), shape);
      }),
    );
  };
}

function unit(like: Value, index: number): Value {
  const entries = new Float64Array(like.size);
  entries[index] = 1;
  return ndarray(like.backend, entries, like.shape);
}

function zerosOf(like: Value): Value {
  return ndarray(like.backend, new Float64Array(like.size), like.shape);
}

function emptyOf(like: Value, shape: readonly number[]): Value {
  return ndarray(like.backend, [], shape);
}
