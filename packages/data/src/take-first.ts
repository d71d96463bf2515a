import { DataError } from "@paramat/core";
import type { Split } from "./dataset.js";

/**
 * The first n examples of a split, copied, so that the rest can be collected.
 * @throws DataError unless n is a whole number in 0 … split.size
 */
export function takeFirst(split: Split, n: number): Split {
  if (!Number.isInteger(n) || n < 0 || n > split.size) {
    throw new DataError(`takeFirst: cannot take ${n} of ${split.size} examples; n must be a whole number from 0 to ${split.size}`);
  }
  const numIn = split.size === 0 ? 0 : split.images.length / split.size;
  return { size: n, images: split.images.slice(0, n * numIn), labels: split.labels.slice(0, n) };
}
