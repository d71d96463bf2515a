import { NotDifferentiableError } from "../errors.js";
import { showShape } from "../shape.js";
import { isValue, rebuild, type Tree } from "../tree.js";
import type { Value } from "../value.js";
import { record } from "./record.js";
import { onesLike, pullBack, zerosLike } from "./sweep.js";

/**
 * ∇f: the gradient of a scalar function in its first argument, reverse mode; further arguments are passed on as they are.
 * @param f to a scalar (shape [])
 * @returns a function with the arguments of f; its result has the form of the first
 * @throws NotDifferentiableError unless f gives a scalar
 * @example
 * import { cpu } from "@paramat/backends";
 * import { grad, mul, ndarray, sum } from "@paramat/core";
 * const x = ndarray(cpu(), [1, 2, 3]);
 * grad((x) => sum(mul(x, x)))(x).toNested(); // → [2, 4, 6]
 */
export function grad<Rest extends readonly unknown[]>(f: (x: Value, ...rest: Rest) => Value): (x: Value, ...rest: Rest) => Value;
export function grad<X extends Tree, Rest extends readonly unknown[]>(f: (x: X, ...rest: Rest) => Value): (x: X, ...rest: Rest) => X;
export function grad<X extends Tree, Rest extends readonly unknown[]>(f: (x: X, ...rest: Rest) => Value): (x: X, ...rest: Rest) => X {
  const both = valueAndGrad(f);
  return (x, ...rest) => both(x, ...rest).gradient;
}

/**
 * f(x) and ∇f(x) from one run of f.
 * @throws NotDifferentiableError unless f gives a scalar
 */
export function valueAndGrad<Rest extends readonly unknown[]>(
  f: (x: Value, ...rest: Rest) => Value,
): (x: Value, ...rest: Rest) => { readonly value: Value; readonly gradient: Value };
export function valueAndGrad<X extends Tree, Rest extends readonly unknown[]>(
  f: (x: X, ...rest: Rest) => Value,
): (x: X, ...rest: Rest) => { readonly value: Value; readonly gradient: X };
export function valueAndGrad<X extends Tree, Rest extends readonly unknown[]>(
  f: (x: X, ...rest: Rest) => Value,
): (x: X, ...rest: Rest) => { readonly value: Value; readonly gradient: X } {
  return (x, ...rest) => {
    const { tape, inputs, output, value } = record((x: X): Value => f(x, ...rest), x);
    if (!isValue(output) || output.shape.length > 0) {
      const found = isValue(output) ? `an array of shape ${showShape(output.shape)}` : "something that is not a value";
      throw new NotDifferentiableError(
        `grad: the function gave ${found}; a gradient needs a scalar (shape []): reduce it, say with sum(), or use vjp or jacobian`,
      );
    }
    const cotangents = pullBack(tape, [[output, onesLike(value)]], inputs);
    return {
      value,
      gradient: rebuild(
        x,
        cotangents.map((ct, i) => ct ?? zerosLike(inputs[i] as Value)),
      ),
    };
  };
}
