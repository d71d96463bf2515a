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
  const [usual, ...others] = (isFused(numbers) ? FUSED : SEPARATE).map((tile): Tile => {
    return { ...tile, rows: evenly(m, tile.rows), vectors: evenly(vectors, tile.vectors) };
  });
  // So short a sum is mostly writing, and that is fastest in whole lines of the cache.
  if (k <= 2) return { rows: 1, vectors: evenly(vectors, 8), unroll: 4 };
  const cycles = (tile: Tile): number => coverCycles(tile, m, vectors, k, isFused(numbers) ? FUSED_LATENCY : LATENCY);
  const best = others.reduce((least, tile) => (cycles(tile) < cycles(least) ? tile : least));
  return cycles(best) < CLEARLY * cycles(usual!) ? best : usual!;
}

/** Shapes that fit the 15 vector registers that are free: the tile, a row of B, and splats of A. The first is the fastest where it fits the result. */
const FUSED: readonly Tile[] = [
  { rows: 6, vectors: 2, unroll: 4, fenceEvery: 1 },
  { rows: 4, vectors: 2, unroll: 4, fenceEvery: 1 },
  { rows: 3, vectors: 3, unroll: 8 },
  { rows: 8, vectors: 1, unroll: 4, fenceEvery: 1 },
  { rows: 2, vectors: 4, unroll: 4 },
];
const SEPARATE: readonly Tile[] = [
  { rows: 4, vectors: 2, unroll: 8 },
  { rows: 2, vectors: 4, unroll: 8 },
  { rows: 2, vectors: 3, unroll: 8 },
  { rows: 8, vectors: 1, unroll: 4, fenceEvery: 4 },
];

/** How much better than the usual tile another must look. */
const CLEARLY = 0.96;

/** The largest part when `count` is cut into as few parts of at most `most` as there can be, all nearly alike. */
function evenly(count: number, most: number): number {
  return Math.ceil(count / Math.ceil(count / most));
}

function coverCycles({ rows, vectors }: Tile, m: number, allVectors: number, k: number, latency: number): number {
  const cost = (r: number, v: number): number => (r === 0 || v === 0 ? 0 : CALL + k * Math.max(latency, (r * v) / 2, (r + v + 1) / 2));
  const [fullRows, restRows] = [Math.floor(m / rows), m % rows];
  const [fullColumns, restColumns] = [Math.floor(allVectors / vectors), allVectors % vectors];
  return (
    fullRows * (fullColumns * cost(rows, vectors) + cost(rows, restColumns)) +
    fullColumns * cost(restRows, vectors) +
    cost(restRows, restColumns)
  );
}

/** Cycles of a call of the inner loop outside its steps, and of a sum that waits for the one before. */
const CALL = 16;
const LATENCY = 3;
const FUSED_LATENCY = 4;
