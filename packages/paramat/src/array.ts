import { type Backend, cpu } from "@paramat/backends";
import { type Nested, ndarray, type Shape, type Value } from "@paramat/core";

/** The backend of `array`: the CPU in float64, the precision in which derivatives are checked. */
export const defaultBackend: Backend = /* @__PURE__ */ cpu("float64");

/**
 * An array of numbers on the default backend (CPU, float64): a number, nested arrays, or flat numbers with a shape.
 * For another backend or precision use `ndarray(backend, values, shape)`.
 * @throws ShapeError if the nesting is ragged or the count does not match `shape`
 * @example
 * import { array, grad, mul, sum } from "paramat";
 * grad((x) => sum(mul(x, x)))(array([1, 2, 3])).toNested(); // → [2, 4, 6]
 */
export function array(values: Nested | ArrayLike<number>, shape?: Shape): Value {
  return ndarray(defaultBackend, values, shape);
}
