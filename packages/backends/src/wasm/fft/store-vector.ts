import type { Code, Local } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { Strip } from "./layout.js";

/** Stores vector v of a row of the strip: all lanes, or only those that are columns. */
export function storeVector(
  { vector, lanes, bytes }: Numbers,
  strip: Strip,
  v: number,
  address: Local,
  value: Local,
  offset: number,
): Code {
  const at = offset + 16 * v;
  if (v < strip.vectors - 1 || strip.lastLanes === lanes) return vector.store(address, value, at);
  return Array.from({ length: strip.lastLanes }, (_, lane) => vector.storeLane(address, value, lane, at + lane * bytes)).flat();
}
