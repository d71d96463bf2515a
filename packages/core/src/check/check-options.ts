import type { Backend } from "@paramat/backends";

export interface CheckOptions {
  /** Of every random direction and sample; a report says which it was. Default 20. */
  readonly seed?: number;
  /** 1 checks first derivatives, 2 also second ones. Default 2. */
  readonly order?: 1 | 2;
  /** Random directions and cotangents for each test. Default 2. */
  readonly directions?: number;
  /** Entries of x that differences are taken in one by one: all if there are no more, else this many, shared evenly among the leaves. Default 64. */
  readonly entries?: number;
}

export interface CheckDerivativesOptions extends CheckOptions {
  /** f is said to be linear in x: check that too. Default false. */
  readonly linear?: boolean;
  /** A backend of lower precision, on which f is run to compare. f must take its arrays' backend from x. */
  readonly backend?: Backend;
}

/** Options with their defaults. */
export function settle(options: CheckOptions): Required<CheckOptions> {
  return { seed: options.seed ?? 20, order: options.order ?? 2, directions: options.directions ?? 2, entries: options.entries ?? 64 };
}
