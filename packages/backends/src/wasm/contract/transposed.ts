import { type Code, i8x16, type Local } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";

/** The rows of a square matrix whose columns are in `columns`, as expressions; each is used once. */
export function transposed({ lanes }: Numbers, columns: readonly Local[]): readonly Code[] {
  const [w, x, y, z] = columns as [Local, Local, Local, Local];
  if (lanes === 2) return [shuffle(2, w, x, [0, 2]), shuffle(2, w, x, [1, 3])];
  const [low, high] = [
    [0, 4, 1, 5],
    [2, 6, 3, 7],
  ];
  const rows = (pick: readonly number[]): Code[] => {
    const [wx, yz] = [shuffle(4, w, x, pick), shuffle(4, y, z, pick)];
    return [shuffle(4, wx, yz, [0, 1, 4, 5]), shuffle(4, wx, yz, [2, 3, 6, 7])];
  };
  return [...rows(low), ...rows(high)];
}

/** Lane i of the result is lane `picks[i]` of x followed by y. */
export function shuffle(lanes: 2 | 4, x: Local | Code, y: Local | Code, picks: readonly number[]): Code {
  const size = 16 / lanes;
  return i8x16.shuffle(
    x,
    y,
    picks.flatMap((pick) => Array.from({ length: size }, (_, byte) => pick * size + byte)),
  );
}
