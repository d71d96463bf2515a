import { type Loop, mergedLoops } from "./loops.js";

/** How an inner kernel walks over the taps of a convolution and the channels of a tap. */
export interface TapSchedule {
  /** What one segment runs over: numbers of equal distance. */
  readonly run: Loop;
  readonly segments: Loop;
  /** One call of the kernel for each turn of the loops around the segments: how far the input moves, in bytes. */
  readonly calls: readonly number[];
}

/** @param taps axes of the kernel, then the channels of a tap; with the input's steps */
export function tapSchedule(taps: readonly Loop[], bytes: number): TapSchedule {
  const loops = mergedLoops(taps);
  const run = loops.at(-1) ?? { count: 1, steps: [bytes] };
  const segments = loops.at(-2) ?? { count: 1, steps: [0] };
  const calls = loops
    .slice(0, -2)
    .reduce<readonly number[]>(
      (offsets, { count, steps }) => offsets.flatMap((offset) => Array.from({ length: count }, (_, i) => offset + i * steps[0]!)),
      [0],
    );
  return { run, segments, calls };
}
