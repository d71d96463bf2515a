import type { NDArray } from "../array.js";
import type { Primitive } from "../primitive.js";
import { normalizeAxis } from "../shape.js";
import { apply } from "../tape.js";
import type { Value } from "../value.js";
import { requireKnownOptions } from "./known-options.js";
import { requireEntries } from "./require-entries.js";
import { reshape } from "./reshape.js";

export interface ArgmaxOptions {
  /** Default −1, the last. */
  readonly axis?: number;
  /** Default false. */
  readonly keepAxes?: boolean;
}

/**
 * The position of the largest entry along one axis, as numbers 0 … n − 1; the first at a tie, and the first NaN if there is one.
 * Its derivative is 0.
 * @throws ShapeError if the axis has no entries or is outside the array
 */
export function argmax(x: Value, options: ArgmaxOptions = {}): Value {
  requireKnownOptions("argmax", options, ["axis", "keepAxes"]);
  const axis = normalizeAxis("argmax", options.axis ?? -1, x.shape.length);
  requireEntries("argmax", x.shape, axis);
  const positions = apply(primitive, [x], axis);
  return options.keepAxes ? reshape(positions, x.shape.with(axis, 1)) : positions;
}

// Positions are piecewise constant.
const primitive: Primitive<number> = {
  name: "argmax",
  shape: ([x], axis) => (x as readonly number[]).toSpliced(axis, 1),
  forward: (backend, [x], axis) => backend.reduce("argmax", (x as NDArray).shape, [axis], (x as NDArray).buffer),
  jvp: () => null,
  vjp: () => [null],
};
