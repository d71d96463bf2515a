import { conj, swapAxes, type Value } from "@paramat/core";

/** The conjugate transpose aᴴ of every block: [2, ...batch, m, n] to [2, ...batch, n, m]. */
export function adjoint(a: Value): Value {
  return conj(swapAxes(a, -2, -1));
}
