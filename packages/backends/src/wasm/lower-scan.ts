import type { Buffer } from "../backend.js";
import type { Launch, Target } from "./kernel.js";
import { scanKernel } from "./scan/scan-kernel.js";

/**
 * Cumulative sums along the middle of a contiguous [outer, size, inner], from the end where `reverse`. The k-th is the sum before plus an entry, or
 * with inner = 1 plus the sum of a few entries, so it carries at most k roundings.
 */
export function lowerScan(target: Target, outer: number, size: number, inner: number, reverse: boolean, input: Buffer): Launch {
  return {
    key: `scan ${outer} ${size} ${inner}${reverse ? " reverse" : ""}`,
    make: () => scanKernel(target.numbers, outer, size, inner, reverse),
    operands: [{ buffer: input, offset: 0 }],
    length: outer * size * inner,
  };
}
