import type { Floats } from "./storage.js";

/** A matrix read through two tables: entry (i, k) is data[base + outer[i] + inner[k]]. Any strides look like this, and im2col without a copy. */
export interface Operand {
  readonly data: Floats;
  readonly base: number;
  readonly outer: Int32Array;
  readonly inner: Int32Array;
}

/** Where a product goes: entry (i, j) adds to data[base + rows[i] + cols[j]]. */
export interface Target {
  readonly data: Float64Array;
  readonly base: number;
  readonly rows: Int32Array;
  readonly cols: Int32Array;
}

/** out[i, j] += Σ_k a[i, k] b[j, k]. Both operands have k as their inner table. */
export type Multiply = (a: Operand, b: Operand, out: Target) => void;
