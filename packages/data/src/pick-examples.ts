import { DataError } from "@paramat/core";
import type { Split } from "./dataset.js";

/**
 * out[k] = split[indices[k]]: the examples at `indices`, in that order, copied.
 * @param indices whole numbers in 0 … size − 1; repetition is allowed
 * @throws DataError if a position is outside the split
 */
export function pickExamples(split: Split, indices: ArrayLike<number>): Split {
  const numIn = split.size === 0 ? 0 : split.images.length / split.size;
  const images = new Float32Array(indices.length * numIn);
  const labels = new Uint8Array(indices.length);
  for (let k = 0; k < indices.length; k++) {
    const index = indices[k]!;
    if (!Number.isInteger(index) || index < 0 || index >= split.size) {
      throw new DataError(
        `pickExamples: there is no example ${index}; the split holds ${split.size}; positions run from 0 to ${split.size - 1}`,
      );
    }
    images.set(split.images.subarray(index * numIn, (index + 1) * numIn), k * numIn);
    labels[k] = split.labels[index]!;
  }
  return { size: indices.length, images, labels };
}
