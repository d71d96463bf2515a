import { type Code, i8x16, type Local, type Operand, set } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";

/** Whether as many vectors as there are lanes read a square whose columns lie contiguous: vector i has lane l at offsets[0][l] + i. */
export function isTransposed({ lanes }: Numbers, vectors: readonly (readonly number[])[]): boolean {
  const first = vectors[0]!;
  if (vectors.length !== lanes || first[1] === first[0]! + 1 || first[1] === first[0]) return false;
  return vectors.every((offsets, i) => offsets.length === lanes && offsets.every((offset, l) => offset === first[l]! + i));
}

/** Code that sets `into[i]` to the vectors of such a square: its columns, which start at `offsets`, are loaded and transposed in registers. */
export function transposedLanes(
  { vector, bytes }: Numbers,
  pointer: Local,
  offsets: readonly number[],
  into: readonly Local[],
  spare: readonly Local[],
): Code {
  const load = (to: Local, l: number): Code => set(to, vector.load(pointer, offsets[l]! * bytes));
  const [a, b] = [spare[0]!, spare[1]!];
  if (bytes === 8) return [...load(a, 0), ...load(b, 1), ...set(into[0]!, words(a, b, front)), ...set(into[1]!, words(a, b, back))];
  const [c, d] = [spare[2]!, spare[3]!];
  const [p, q, r, s] = into as readonly [Local, Local, Local, Local];
  // Columns p, q and r, s interleaved, then their halves put together.
  return [
    ...into.flatMap((column, l) => load(column, l)),
    ...[...set(a, words(p, q, low)), ...set(b, words(r, s, low)), ...set(c, words(p, q, high)), ...set(d, words(r, s, high))],
    ...[...set(p, words(a, b, front)), ...set(q, words(a, b, back)), ...set(r, words(c, d, front)), ...set(s, words(c, d, back))],
  ];
}

const low = [0, 4, 1, 5];
const high = [2, 6, 3, 7];
const front = [0, 1, 4, 5];
const back = [2, 3, 6, 7];

/** The 32-bit words `picks` of x (0 … 3) and y (4 … 7). */
function words(x: Operand, y: Operand, picks: readonly number[]): Code {
  return i8x16.shuffle(
    x,
    y,
    picks.flatMap((pick) => [0, 1, 2, 3].map((b) => 4 * pick + b)),
  );
}
