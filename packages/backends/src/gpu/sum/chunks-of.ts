import type { Shape } from "../../backend.js";
import { numEntries } from "../../cpu/offsets.js";

/** Sums this short are not split: one more launch costs more than their turns. */
const SHORT = 256;
/** So many threads keep a device busy. */
const BUSY = 2 ** 15;
/** Turns that one thread takes on where the sum can be split. */
const MOST_TURNS = 2048;
/** Partial results that are held between two launches, but where one part has more. */
const MOST_PARTIAL = 2 ** 23;

/** Innermost terms that are written out one after another in the source. */
export const UNROLLED = 4;

/**
 * How much of each axis one thread sums, for sums over `sizes` (the last is innermost) of which there are `outputs`: all of it, or so much that there are threads
 * enough and none takes much longer than the sum of the parts. Outer axes are cut first.
 */
export function chunksOf(outputs: number, sizes: Shape): Shape {
  const terms = numEntries(sizes);
  const target = Math.max(
    Math.min(MOST_TURNS, Math.max(Math.ceil(Math.sqrt(terms)), Math.floor((outputs * terms) / BUSY))),
    Math.ceil((outputs * terms) / MOST_PARTIAL),
  );
  if (terms <= SHORT || terms < 2 * target) return sizes;
  let turns = terms;
  return sizes.map((size, a) => {
    if (turns <= target) return size;
    const inner = turns / size;
    const most = Math.max(1, Math.floor(target / inner));
    let chunk = Math.ceil(size / Math.ceil(size / most));
    if (a === sizes.length - 1) chunk = Math.min(size, UNROLLED * Math.ceil(chunk / UNROLLED));
    turns = inner * chunk;
    return chunk;
  });
}
