import type { Binary } from "../encoder/index.js";
import { type Code, i8x16, type Local, set, v128 } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";

/** Folds the lanes of a vector into its first lane. */
export function foldLanes({ bytes }: Numbers, x: Local, combine: Binary): Code {
  const moved = (by: number): Code => {
    const places = Array.from({ length: 16 }, (_, b) => (b + by) % 16);
    return i8x16.shuffle(x, x, places);
  };
  return [...set(x, combine(x, moved(8))), ...(bytes === 4 ? set(x, combine(x, moved(4))) : [])];
}

/** Folds variables into the first of them, so that no more than log₂ of their number wait for one another. */
export function foldHalves(locals: readonly Local[], combine: Binary): Code {
  if (locals.length < 2) return [];
  const half = Math.ceil(locals.length / 2);
  const upper = locals.slice(half).flatMap((local, i) => set(locals[i]!, combine(locals[i]!, local)));
  return [...upper, ...foldHalves(locals.slice(0, half), combine)];
}

/** All bits of the first `count` lanes. */
export function lanesMask({ bytes }: Numbers, count: number): Code {
  return v128.constant(Array.from({ length: 16 }, (_, b) => (b < count * bytes ? 0xff : 0)));
}
