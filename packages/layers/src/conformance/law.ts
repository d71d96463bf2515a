import type { Backend } from "@paramat/backends";
import type { Value } from "@paramat/core";
import { type Counterexample, counterexampleAt } from "./counterexample.js";
import { type Gap, isBroken } from "./gap.js";
import { named, type Point, type ValuesAt, valuesAt } from "./point.js";
import { shrink } from "./shrink.js";
import type { Trial } from "./trial.js";

/** `remark`: nothing is wrong, but worth knowing; `note`: a fact, or why the law could not be tried. */
export type Verdict = "holds" | "broken" | "remark" | "note";

/** What a law found. */
export interface Finding {
  readonly verdict: Verdict;
  /** The largest error, relative to the norms of what went in. */
  readonly error: number;
  /** In one line. */
  readonly detail: string;
  readonly counterexample?: Counterexample;
  /** Lines of a table that shows it. */
  readonly table?: readonly string[];
  /** Whether the laws after it cannot be tried. */
  readonly stops?: boolean;
}

/** One thing that must be so of every parameterization. */
export interface Law {
  readonly name: string;
  check(trial: Trial): Finding;
}

/** Sides that must be equal at a point. */
export type Comparison<N extends string> = (at: ValuesAt<N>) => Gap;

/** Tries each comparison at `point`; of the first that is broken, the counterexample made small. */
export function compareAt<N extends string>(trial: Trial, point: Point<N>, comparisons: readonly Comparison<N>[]): Finding {
  const gapOf = (comparison: Comparison<N>, p: Point<N>) => comparison(valuesAt(p, trial.backend));
  const gaps = comparisons.map((comparison) => gapOf(comparison, point));
  const broken = gaps.findIndex(isBroken);
  const worst = gaps[broken] ?? gaps.reduce((a, b) => (b.error > a.error ? b : a));
  if (broken < 0) return { verdict: "holds", error: worst.error, detail: `to ${showError(worst.error)}` };
  const comparison = comparisons[broken] as Comparison<N>;
  const small = shrink(point, (p) => safely(() => isBroken(gapOf(comparison, p))));
  // What keeps state may not fail a second time at the same place; then the first finding stands.
  const again = gapOf(comparison, small);
  const [at, gap] = isBroken(again) ? [small, again] : [point, worst];
  const used = partRead(at, trial.backend, comparison);
  const others = gaps.filter((g, k) => k > broken && isBroken(g)).map((g) => g.claim);
  const detail = [`broken: ${worst.claim}, relative error ${showError(worst.error)}`, ...others].join("; nor ");
  return { verdict: "broken", error: worst.error, detail, counterexample: counterexampleAt(used, gap) };
}

/** The arrays that a comparison reads, so that a counterexample shows no others. */
function partRead<N extends string>(point: Point<N>, backend: Backend, comparison: Comparison<N>): Point {
  const read = new Set<string>();
  const watching = Object.create(null) as Record<N, Value>;
  for (const [name, value] of Object.entries<Value>(valuesAt(point, backend))) {
    const get = () => {
      read.add(name);
      return value;
    };
    Object.defineProperty(watching, name, { get });
  }
  comparison(watching);
  return Object.fromEntries(named(point).filter(([name]) => read.has(name)));
}

export function showError(error: number): string {
  return error === 0 ? "0" : error.toExponential(1);
}

function safely(test: () => boolean): boolean {
  try {
    return test();
  } catch {
    return false;
  }
}
