import { type Code, f64x2, type Local } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";

/** Stores the first `count` lanes of a vector at entry `offset` after the pointer, and nothing else. */
export function storeLanes({ vector, lanes, bytes }: Numbers, pointer: Local, value: Local, count: number, offset: number): Code {
  const at = (lane: number): number => (offset + lane) * bytes;
  if (count === lanes) return vector.store(pointer, value, at(0));
  // Two float32 go out at once, as if they were a float64.
  const pair = bytes === 4 && count >= 2 ? f64x2.storeLane(pointer, value, 0, at(0)) : [];
  const stored = pair.length > 0 ? 2 : 0;
  const single = Array.from({ length: count - stored }, (_, i) => vector.storeLane(pointer, value, stored + i, at(stored + i)));
  return [...pair, ...single.flat()];
}
