/** Where the time of a run goes. */
export interface Profile {
  readonly rows: readonly ProfileRow[];
  /** Time of one run: the sum of the rows. */
  readonly ms: number;
  /** How often the program was run. */
  readonly runs: number;
  /** A table, a line for each kernel call, in the order of the program. */
  toString(): string;
  /** Bars as an SVG picture, longest first. */
  toSvg(): string;
}

/** One kernel call of the program. */
export interface ProfileRow {
  /** The node, as listings number it. */
  readonly id: number;
  readonly kernel: string;
  readonly details: string;
  /** How often it was timed. */
  readonly calls: number;
  /** Median time of one call. */
  readonly ms: number;
  /** Its part of a run's time, 0 … 1. */
  readonly share: number;
  readonly gflops: number;
  /** 10⁹ bytes read and written in a second. */
  readonly gigabytes: number;
}
