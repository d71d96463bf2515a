import { ShapeError } from "../errors.js";
import { normalizeAxis } from "../shape.js";
import type { Value } from "../value.js";
import { rearrange } from "./rearrange.js";

/**
 * x shifted cyclically along `axis`: z[i] = x[(i − shift) mod n]; a negative shift goes the other way.
 * @throws ShapeError if shift is not an integer
 */
export function roll(x: Value, shift: number, axis: number): Value {
  const at = normalizeAxis("roll", axis, x.shape.length);
  if (!Number.isInteger(shift)) throw new ShapeError(`roll: shift is ${shift}; it must be an integer`);
  const n = x.shape[at] as number;
  const by = n === 0 ? 0 : ((shift % n) + n) % n;
  if (by === 0) return x;
  return rearrange(x, at, n, [
    { from: 0, fromStep: 1, to: by, toStep: 1, length: n - by, sign: 1 },
    { from: n - by, fromStep: 1, to: 0, toStep: 1, length: by, sign: 1 },
  ]);
}
