import { ShapeError } from "../errors.js";
import { normalizeAxis, showShape } from "../shape.js";
import type { Value } from "../value.js";
import { slice } from "./slice.js";

/**
 * x cut into pieces along `axis`; `concat` joins them again.
 * @param sizes the length of each piece, or a number of equal pieces
 * @throws ShapeError if the sizes do not add up to the axis, or the number of pieces does not divide it
 */
export function split(x: Value, sizes: number | readonly number[], axis = 0): Value[] {
  const at = normalizeAxis("split", axis, x.shape.length);
  const n = x.shape[at] as number;
  let start = 0;
  return pieceSizes(x, sizes, at, n).map((length) => {
    start += length;
    return slice(x, at, start - length, start);
  });
}

function pieceSizes(x: Value, sizes: number | readonly number[], axis: number, n: number): readonly number[] {
  const where = `axis ${axis} of ${showShape(x.shape)}`;
  if (typeof sizes === "number") {
    if (!Number.isInteger(sizes) || sizes < 1 || n % sizes !== 0) {
      throw new ShapeError(`split: ${where} does not divide into ${sizes} equal pieces; ${n} must be a multiple of the number of pieces`);
    }
    return Array.from({ length: sizes }, () => n / sizes);
  }
  const total = sizes.reduce((a, b) => a + b, 0);
  if (!sizes.every((size) => Number.isInteger(size) && size >= 0) || total !== n) {
    throw new ShapeError(`split: sizes ${showShape(sizes)} add up to ${total}; they must be integers ≥ 0 that add up to ${n}, ${where}`);
  }
  return sizes;
}
