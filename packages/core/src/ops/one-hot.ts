import type { Backend } from "@paramat/backends";
import { ndarray } from "../array.js";
import { ShapeError } from "../errors.js";
import type { Value } from "../value.js";

/**
 * z[i, c] = 1 where c = labels[i], else 0: a constant.
 * @returns [labels.length, classes]
 * @throws ShapeError if a label is not an integer in 0 … classes − 1
 */
export function oneHot(labels: ArrayLike<number>, classes: number, backend: Backend): Value {
  if (!Number.isInteger(classes) || classes < 0) throw new ShapeError(`oneHot: classes is ${classes}; it must be an integer ≥ 0`);
  const flat = new Float64Array(labels.length * classes);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] as number;
    if (!Number.isInteger(label) || label < 0 || label >= classes) {
      throw new ShapeError(`oneHot: label ${label} at position ${i}; with ${classes} classes labels are integers in 0 … ${classes - 1}`);
    }
    flat[i * classes + label] = 1;
  }
  return ndarray(backend, flat, [labels.length, classes]);
}
