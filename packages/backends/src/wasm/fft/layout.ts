import type { Numbers } from "../numbers.js";

/** Where complex rows of columns lie: row j starts at base + j·row; the planes of real and imaginary parts are at these distances from there. Bytes. */
export interface Rows {
  readonly row: number;
  readonly re: number;
  readonly im: number;
}

/** The columns that one strip transforms together. */
export interface Strip {
  /** Vectors across the strip. */
  readonly vectors: number;
  /** Lanes of the last vector that may be stored. */
  readonly lastLanes: number;
}

/** The inverse transform is the forward one with the planes exchanged, over n. */
export function planesOf(size: number, { bytes }: Numbers, inverse: boolean): Omit<Rows, "row"> {
  return inverse ? { re: size * bytes, im: 0 } : { re: 0, im: size * bytes };
}
