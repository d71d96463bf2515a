import { defineLinear } from "../define/linear.js";
import { normalizeAxis, sizeOf } from "../shape.js";
import type { Value } from "../value.js";
import { requireKnownOptions } from "./known-options.js";

export interface CumsumOptions {
  /** Default −1, the last. */
  readonly axis?: number;
  /** Sum from the end: zₖ = Σ_{l ≥ k} x_l. Default false. */
  readonly reverse?: boolean;
}

/**
 * zₖ = Σ_{l ≤ k} x_l along one axis; the shape stays.
 * @throws ShapeError if the axis is outside the array
 */
export function cumsum(x: Value, options: CumsumOptions = {}): Value {
  requireKnownOptions("cumsum", options, ["axis", "reverse"]);
  return op(x, { axis: normalizeAxis("cumsum", options.axis ?? -1, x.shape.length), reverse: options.reverse ?? false });
}

// The matrix is lower triangular, all ones; its transpose, upper triangular, sums from the other end.
const op = defineLinear<Required<CumsumOptions>>({
  name: "cumsum",
  shape: (x) => x,
  forward: (backend, x, { axis, reverse }) =>
    backend.scan(sizeOf(x.shape.slice(0, axis)), x.shape[axis] as number, sizeOf(x.shape.slice(axis + 1)), reverse, x.buffer),
  transpose: (ct, { axis, reverse }) => cumsum(ct, { axis, reverse: !reverse }),
});
