import type { Value } from "../../src/index.js";

/** One pointwise op: what it computes, where it may be sampled, and values worked by hand. */
export interface PointwiseCase {
  readonly name: string;
  readonly f: (...args: readonly Value[]) => Value;
  /** The same of plain numbers, by a formula that is not the backend's where there is another. */
  readonly reference: (...args: readonly number[]) => number;
  /** An interval for each argument, inside the domain. */
  readonly domain: readonly Interval[];
  /** Arguments, then the value. */
  readonly literals: readonly (readonly number[])[];
  /** How far the arguments are from the nearest kink or jump. */
  readonly kinkDistance: (...args: readonly number[]) => number;
}

export type Interval = readonly [lo: number, hi: number];

/** The interval to use where the domain is the whole line. */
export const wide: Interval = [-3, 3];

/** A case; everywhere smooth unless `kinkDistance` says otherwise. */
export function pointwise(
  name: string,
  f: PointwiseCase["f"],
  reference: PointwiseCase["reference"],
  domain: PointwiseCase["domain"],
  literals: PointwiseCase["literals"],
  kinkDistance: PointwiseCase["kinkDistance"] = () => Number.POSITIVE_INFINITY,
): PointwiseCase {
  return { name, f, reference, domain, literals, kinkDistance };
}

/** Arguments, then the value. */
export function at(...numbers: readonly number[]): readonly number[] {
  return numbers;
}

/** |x|, where the kink is at 0. */
export function toZero(x: number): number {
  return Math.abs(x);
}
