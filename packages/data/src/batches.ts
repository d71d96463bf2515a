import { DataError, type Rng } from "@paramat/core";
import type { Split } from "./dataset.js";
import { pickExamples } from "./pick-examples.js";

/** Some examples of a split; `index` counts the batches of one pass from 0. */
export interface LabelledBatch extends Split {
  readonly index: number;
}

/**
 * One pass over a split in ⌈split.size / size⌉ batches: every example once, in a new random order if there is an `rng`, else as they lie.
 * The last batch may be smaller; `dropLast` leaves it out where it is.
 * @throws DataError unless size is a whole number ≥ 1
 */
export function batches(
  split: Split,
  size: number,
  rng?: Rng,
  options: { readonly dropLast?: boolean } = {},
): Generator<LabelledBatch, void, undefined> {
  if (!Number.isInteger(size) || size < 1) throw new DataError(`batches: a batch of ${size} examples; the size must be a whole number ≥ 1`);
  return walk(split, size, rng?.permutation(split.size) ?? Int32Array.from({ length: split.size }, (_, e) => e), options.dropLast === true);
}

// A generator's body runs only when it is first asked, so the check and the draw stand outside it: faults show, and the order is
// drawn, at the call.
function* walk(split: Split, size: number, order: Int32Array, dropLast: boolean): Generator<LabelledBatch, void, undefined> {
  for (let start = 0, index = 0; start < split.size; start += size, index++) {
    const chosen = order.subarray(start, start + size);
    if (dropLast && chosen.length < size) return;
    yield { ...pickExamples(split, chosen), index };
  }
}
