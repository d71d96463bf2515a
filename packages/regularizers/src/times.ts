import { mul, type ValueLike } from "@paramat/core";

/** factor · x, for numbers and for values. */
export function times(x: ValueLike, factor: number): ValueLike {
  return typeof x === "number" ? x * factor : mul(x, factor);
}
