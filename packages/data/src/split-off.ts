import { DataError, type Rng } from "@paramat/core";
import type { Split } from "./dataset.js";
import { pickExamples } from "./pick-examples.js";

/**
 * A random partition of a split: `held` has `count` examples, for validation, and `rest` has the others; both in random order.
 * @throws DataError unless count is a whole number in 0 … split.size
 */
export function splitOff(split: Split, count: number, rng: Rng): { readonly rest: Split; readonly held: Split } {
  if (!Number.isInteger(count) || count < 0 || count > split.size) {
    throw new DataError(
      `splitOff: cannot hold out ${count} of ${split.size} examples; count must be a whole number from 0 to ${split.size}`,
    );
  }
  const order = rng.permutation(split.size);
  return { rest: pickExamples(split, order.subarray(count)), held: pickExamples(split, order.subarray(0, count)) };
}
