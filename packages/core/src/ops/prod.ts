import { ndarray } from "../array.js";
import { normalizeAxes } from "../shape.js";
import type { Value } from "../value.js";
import { broadcastTo } from "./broadcast.js";
import { dropAxes } from "./kept-axes.js";
import { requireKnownOptions } from "./known-options.js";
import { mul } from "./mul.js";
import { slice } from "./slice.js";
import type { ReduceOptions } from "./sum.js";

/**
 * Π x over `axes`. The empty product is 1.
 * @throws ShapeError if an axis is outside the array or named twice; TypeError if an option is not known
 * @remarks A tree of products of halves, ⌈log₂ n⌉ deep: nothing is divided by an entry, so zeros do no harm to derivatives of any order.
 */
export function prod(x: Value, options: ReduceOptions = {}): Value {
  requireKnownOptions("prod", options, ["axes", "keepAxes"]);
  const axes = normalizeAxes("prod", options.axes, x.shape.length);
  const kept = axes.reduce(prodAlong, x);
  return dropAxes(kept, axes, options.keepAxes);
}

/** Π x along one axis, which stays with size 1. */
function prodAlong(x: Value, axis: number): Value {
  let n = x.shape[axis] as number;
  if (n === 0) return broadcastTo(ndarray(x.backend, 1), x.shape.with(axis, 1));
  let halved = x;
  let odd: Value | undefined;
  while (n > 1) {
    if (n % 2 === 1) {
      const last = slice(halved, axis, n - 1, n);
      odd = odd ? mul(odd, last) : last;
    }
    n = Math.floor(n / 2);
    halved = mul(slice(halved, axis, 0, n), slice(halved, axis, n, 2 * n));
  }
  return odd ? mul(halved, odd) : halved;
}
