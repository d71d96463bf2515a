import { DataError } from "@paramat/core";

/**
 * C[e, k] = 1 if labels[e] = k, else 0.
 * @param labels [examples]
 * @param classes the number of classes
 * @returns [examples, classes], row-major
 * @throws DataError if a label is not one of 0 … classes − 1
 */
export function oneHotRows(labels: ArrayLike<number>, classes: number): Float32Array {
  if (!Number.isInteger(classes) || classes < 1) {
    throw new DataError(`oneHotRows: ${classes} classes; the number of classes must be a whole number ≥ 1`);
  }
  const out = new Float32Array(labels.length * classes);
  for (let e = 0; e < labels.length; e++) {
    const label = labels[e]!;
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new DataError(
        `oneHotRows: labels[${e}] is ${label}; with ${classes} classes a label must be a whole number from 0 to ${classes - 1}`,
      );
    }
    out[e * classes + label] = 1;
  }
  return out;
}
