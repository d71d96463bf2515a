import { add, mul, ndarray, sum, type Value } from "@paramat/core";

/** ⟨a_e, b_e⟩ for every example e, read back. */
export function dots(a: Value, b: Value): Float64Array {
  return Float64Array.from(sum(mul(a, b), { axes: a.shape.slice(1).map((_, axis) => axis + 1) }).toArray());
}

/** ‖a_e‖ for every example e. */
export function lengths(a: Value): Float64Array {
  return dots(a, a).map(Math.sqrt);
}

/** c_e a_e for every example e. */
export function scaleEach(a: Value, c: ArrayLike<number>): Value {
  return mul(a, ndarray(a.backend, Float64Array.from(c), [c.length, ...a.shape.slice(1).map(() => 1)]));
}

/** a_e + c_e b_e for every example e. */
export function addScaled(a: Value, c: ArrayLike<number>, b: Value): Value {
  return add(a, scaleEach(b, c));
}

/** a_e / b_e, and 0 where b_e is 0: an example that is done takes no further step. */
export function ratios(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  return Float64Array.from({ length: a.length }, (_, e) => ((b[e] as number) === 0 ? 0 : (a[e] as number) / (b[e] as number)));
}

/** The largest number; NaN if one is. */
export function worst(list: ArrayLike<number>): number {
  let largest = 0;
  for (let e = 0; e < list.length; e++) if (!((list[e] as number) <= largest)) largest = list[e] as number;
  return largest;
}
