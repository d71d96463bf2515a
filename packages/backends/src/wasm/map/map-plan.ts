import { type Layout, transposing } from "../../cpu/map-layout.js";

/** A map as loops over blocks: each axis of the layout is walked in steps, or lies wholly inside the block. Strides in entries. */
export interface MapPlan {
  readonly layout: Layout;
  /** Indices of a block along each axis. Axes from `inside` on lie wholly in it. */
  readonly steps: readonly number[];
  readonly inside: number;
  /** The last axes, over which a block is contiguous in the result. */
  readonly flat: number;
}

/**
 * Blocks for a layout: a few vectors of a long row; several rows where they are short, so that vectors run on from one to the next and the loop is
 * worth its turn; or squares where an input is read across its rows.
 * @param vectors wanted in a block
 */
export function planMap(layout: Layout, lanes: number, vectors: number): MapPlan {
  const transposed = transposing(layout, 2 * lanes);
  if (transposed !== undefined) {
    const rank = transposed.sizes.length;
    const rows = Math.min(transposed.sizes[rank - 2]!, 4 * lanes);
    const steps = transposed.sizes.map((_, a) => (a === rank - 1 ? lanes : a === rank - 2 ? rows : 1));
    return { layout: transposed, steps, inside: rank, flat: 1 };
  }
  const { sizes } = layout;
  let inside = sizes.length;
  let run = 1;
  while (inside > 1 && isShort(run * sizes[inside - 1]!, lanes)) run *= sizes[--inside]!;
  const axis = inside - 1;
  const align = lanes / commonDivisor(run, lanes);
  const step = Math.min(sizes[axis]!, align * Math.max(1, Math.round((vectors * lanes) / (run * align))));
  return { layout, steps: sizes.map((size, a) => (a > axis ? size : a === axis ? step : 1)), inside, flat: sizes.length - axis };
}

/** Whether rows of a length are better taken several at once: they make few vectors, or would end in a part of a vector too often. */
function isShort(length: number, lanes: number): boolean {
  return length < 4 * lanes || (length < 8 * lanes && length % lanes !== 0);
}

function commonDivisor(a: number, b: number): number {
  return b === 0 ? a : commonDivisor(b, a % b);
}
