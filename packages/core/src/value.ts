import type { Backend, Buffer } from "@paramat/backends";
import type { Shape } from "./shape.js";

/** Marks values, so that an object of the user's with the same keys is not taken for one. Shared by all copies of this module. */
export const valueBrand: unique symbol = Symbol.for("paramat.value") as never;

/** What ops take and give: an array, or an array that tapes are watching. */
export interface Value {
  readonly [valueBrand]: true;
  readonly backend: Backend;
  readonly shape: Shape;
  /** Number of entries. */
  readonly size: number;
  /** The numbers, without any tape. */
  readonly array: StoredArray;
  /** The only entry of an array of size 1. @throws ShapeError otherwise */
  item(): number;
  /** A flat copy, row-major, whatever the precision. @throws BackendError where the backend cannot wait; use `read()` there */
  toArray(): Float64Array;
  /** Nested arrays of numbers; a number for a scalar. */
  toNested(): Nested;
  /** A flat copy, row-major, from any backend. */
  read(): Promise<Float64Array>;
  toString(): string;
  /** What JSON.stringify writes: `toNested()`. */
  toJSON(): Nested;
}

/** A value that is its numbers and nothing else. */
export interface StoredArray extends Value {
  readonly buffer: Buffer;
  /** Whether the place of its numbers will be given to others: so it is with results of functions compiled with { carry: true }. */
  readonly isLent: boolean;
}

/** Nested arrays of numbers. */
export type Nested = number | readonly Nested[];
