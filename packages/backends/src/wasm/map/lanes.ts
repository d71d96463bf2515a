import { type Code, i8x16, type Local, v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";

/**
 * Code that leaves a vector on the stack whose lane l is the entry `offsets[l]` ≥ 0 after the pointer. Fewer offsets than lanes leave the last
 * lanes undefined. Reads at most two vectors from the least of the offsets on.
 */
export function lanesCode(numbers: Numbers, pointer: Local, offsets: readonly number[]): Code {
  const { vector, lanes, bytes } = numbers;
  const first = offsets[0]!;
  const low = Math.min(...offsets);
  const span = Math.max(...offsets) - low;
  if (offsets.every((offset, l) => offset === first + l)) return vector.load(pointer, first * bytes);
  if (span === 0) return vector.loadSplat(pointer, first * bytes);
  if (span < 2 * lanes) {
    const picks = Array.from({ length: lanes }, (_, l) => (offsets[l] ?? first) - low);
    const bytesOf = picks.flatMap((pick) => Array.from({ length: bytes }, (_, b) => pick * bytes + b));
    return i8x16.shuffle(vector.load(pointer, low * bytes), vector.load(pointer, (span < lanes ? low : low + lanes) * bytes), bytesOf);
  }
  const start = bytes === 4 ? v128.load32Zero(pointer, first * bytes) : v128.load64Zero(pointer, first * bytes);
  return offsets.slice(1).reduce((code, offset, l) => vector.loadLane(pointer, code, l + 1, offset * bytes), start);
}
