import type { Numbers } from "../numbers.js";

/** How much of C the inner loop holds in registers, and how its loop is written. */
export interface Tile {
  readonly rows: number;
  readonly vectors: number;
  readonly unroll: number;
  readonly fenceEvery?: number;
}

/** Whether products and sums are one instruction, which leaves more registers for the tile. */
export function isFused(numbers: Numbers): boolean {
  return numbers.madd === numbers.vector.relaxedMadd;
}

/** The tile that covers an m × n result in the fewest cycles, by what a core can do in one: two products, two loads. */
export function tileFor(numbers: Numbers, m: number, n: number, k: number): Tile {
  const vectors = Math.ceil(n / numbers.lanes);
  let best: readonly [number, number] = [1, 1];
  let least = Number.POSITIVE_INFINITY;
  for (const shape of isFused(numbers) ? FUSED : SEPARATE) {
    const fitted = [evenly(m, shape[0]), evenly(vectors, shape[1])] as const;
    const cycles = coverCycles(fitted, m, vectors, k);
    if (cycles < least) [best, least] = [fitted, cycles];
  }
  const [rows, columns] = best;
  return isFused(numbers)
    ? { rows, vectors: columns, unroll: 4, fenceEvery: 1 }
    : { rows, vectors: columns, unroll: rows * columns > 6 ? 8 : 4 };
}

/** Shapes [rows, vectors] that fit the 15 vector registers that are free: the tile, a row of B, and splats of A. */
const FUSED: readonly (readonly [number, number])[] = [
  [6, 2],
  [4, 2],
  [3, 3],
  [8, 1],
  [2, 4],
];
const SEPARATE: readonly (readonly [number, number])[] = [
  [4, 2],
  [2, 4],
  [3, 3],
  [6, 1],
];

/** The largest part when `count` is cut into as few parts of at most `most` as there can be, all nearly alike. */
function evenly(count: number, most: number): number {
  return Math.ceil(count / Math.ceil(count / most));
}

function coverCycles([rows, vectors]: readonly [number, number], m: number, allVectors: number, k: number): number {
  const cost = (r: number, v: number): number => (r === 0 || v === 0 ? 0 : CALL + k * Math.max(LATENCY, (r * v) / 2, (r + v) / 2));
  const [fullRows, restRows] = [Math.floor(m / rows), m % rows];
  const [fullColumns, restColumns] = [Math.floor(allVectors / vectors), allVectors % vectors];
  return (
    fullRows * (fullColumns * cost(rows, vectors) + cost(rows, restColumns)) +
    fullColumns * cost(restRows, vectors) +
    cost(restRows, restColumns)
  );
}

/** Cycles of a call of the inner loop outside its steps, and of an addition that waits for the one before. */
const CALL = 16;
const LATENCY = 3;
