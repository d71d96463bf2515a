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
