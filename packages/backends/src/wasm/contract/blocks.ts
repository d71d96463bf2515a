import type { Numbers } from "../numbers.js";
import type { Product } from "./product.js";
import { type Tile, tileFor } from "./tile.js";

/** How a product is cut for the caches: C in tiles, the sum over k in runs, rows and columns in blocks of tiles. */
export interface Blocks {
  readonly tile: Tile;
  /** Rows of tiles, and how many rows the last of them has. */
  readonly rowTiles: number;
  readonly lastRows: number;
  /** Columns of tiles; the vectors of the last, and the lanes of its last vector that are columns. */
  readonly panels: number;
  readonly lastVectors: number;
  readonly lastLanes: number;
  /** Terms of each run of the sum, which are all alike but for the last. */
  readonly run: number;
  readonly runs: number;
  readonly lastRun: number;
  /** Tiles in a block of rows, panels in a block of columns. */
  readonly rowBlock: number;
  readonly panelBlock: number;
  /** How the tiles' loop gets at a factor: as it lies, or copied together first. */
  readonly packA: Packing;
  readonly packB: Packing;
}

/**
 * `in place` reads a factor where it lies; the others copy it first, each from one way of lying: `across` where the entries that a step of the sum
 * needs are neighbours, `along` where the entries of one row of A, or column of B, are, `any` from any strides.
 */
export type Packing = "in place" | "across" | "along" | "any";

export function blocksOf(numbers: Numbers, product: Product): Blocks {
  const { m, n, k } = product;
  const { lanes } = numbers;
  const tile = tileFor(numbers, m, n, k);
  const width = tile.vectors * lanes;
  const [rowTiles, panels] = [Math.ceil(m / tile.rows), Math.ceil(n / width)];
  const lastWidth = n - (panels - 1) * width;
  const lastVectors = Math.ceil(lastWidth / lanes);
  const packB = packingOfB(numbers, product, rowTiles, panels);
  const packA = packingOfA(numbers, product, panels);
  const whole = packA === "in place" && packB === "in place" && k * product.b.step <= SECOND_CACHE;
  const runs = whole ? 1 : Math.max(1, Math.round(k / RUN));
  const run = runs === 1 ? k : Math.ceil(k / runs / 8) * 8;
  return {
    tile,
    rowTiles,
    lastRows: m - (rowTiles - 1) * tile.rows,
    panels,
    lastVectors,
    lastLanes: lastWidth - (lastVectors - 1) * lanes,
    run,
    runs: Math.ceil(k / run),
    lastRun: k - (Math.ceil(k / run) - 1) * run,
    rowBlock: Math.max(1, Math.floor(ROWS / tile.rows)),
    panelBlock: packB === "in place" ? panels : Math.max(1, Math.floor(BLOCK_BYTES / (RUN * tile.vectors * 16))),
    packA,
    packB,
  };
}

/** Terms in a run: a panel of B of this depth, 8 KiB, and the rows of A beside it stay in the first-level cache. */
const RUN = 256;
/** Rows of A in a block, and bytes of a block of B: both together stay in the second-level cache. */
const ROWS = 128;
const BLOCK_BYTES = 512 * 1024;
const SECOND_CACHE = 128 * 1024;
const FIRST_CACHE = 16 * 1024;

function packingOfA({ bytes }: Numbers, { k, a }: Product, panels: number): Packing {
  const forwards = a.row >= 0 && a.step >= 0;
  if (forwards && (a.step === bytes || (panels === 1 && k * 64 <= FIRST_CACHE))) return "in place";
  return a.row === bytes ? "across" : a.step === bytes ? "along" : "any";
}

function packingOfB({ bytes }: Numbers, { k, b }: Product, rowTiles: number, panels: number): Packing {
  if (b.column === bytes && b.step > 0 && (panels === 1 || rowTiles <= 3 || k * b.step <= FIRST_CACHE)) return "in place";
  return b.column === bytes ? "across" : b.step === bytes ? "along" : "any";
}
