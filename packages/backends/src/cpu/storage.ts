import type { Buffer, IndexBuffer, Precision } from "../backend.js";

/** What a CPU buffer is. */
export type Floats = Float64Array | Float32Array;

/** What a CPU index buffer is. */
export interface Positions extends IndexBuffer {
  readonly positions: Int32Array;
}

/**
 * How a precision is kept: kernels accumulate in float64 and round once, at the store. So the blocked loops see one element type whatever
 * the precision, and V8 keeps them monomorphic in a process that uses both.
 */
export interface Storage {
  readonly zeros: (length: number) => Floats;
  readonly from: (values: ArrayLike<number>) => Floats;
  /** Zeros to accumulate into, until `finish`. At most one is in use at a time. */
  readonly accumulator: (length: number) => Float64Array;
  /** The accumulated numbers as a buffer of this precision. */
  readonly finish: (accumulator: Float64Array) => Floats;
  /** Float64 working memory named by `slot`, contents undefined. */
  readonly scratch: (slot: string, length: number) => Float64Array;
}

/** Working memory longer than this (32 MiB) is handed out anew and collected, not kept. */
const MAX_KEPT = 1 << 22;

/** Storage of one precision with its own working memory. */
export function createStorage(precision: Precision): Storage {
  const kept = new Map<string, Float64Array>();
  const scratch = (slot: string, length: number): Float64Array => {
    const held = kept.get(slot);
    if (held !== undefined && held.length >= length) return held;
    const made = new Float64Array(length);
    if (length <= MAX_KEPT) kept.set(slot, made);
    return made;
  };
  if (precision === "float64") {
    return {
      zeros: (length) => new Float64Array(length),
      from: (values) => new Float64Array(values),
      accumulator: (length) => new Float64Array(length),
      finish: (accumulator) => accumulator,
      scratch,
    };
  }
  return {
    zeros: (length) => new Float32Array(length),
    from: (values) => new Float32Array(values),
    accumulator: (length) => scratch("accumulator", length).subarray(0, length).fill(0),
    finish: (accumulator) => new Float32Array(accumulator),
    scratch,
  };
}

/** The numbers behind a buffer of this backend. */
export function floatsOf(buffer: Buffer): Floats {
  return buffer as Floats;
}

/** The positions behind an index buffer of this backend. */
export function positionsOf(index: IndexBuffer): Int32Array {
  return (index as Positions).positions;
}

/** An index buffer of these positions. */
export function indexBuffer(positions: Int32Array): Positions {
  return { length: positions.length, isIndex: true, positions };
}
