import type { Verdict } from "./check-result.js";

/** A derivative by rule beside the same by differences. */
export interface SlopePair {
  readonly expected: number;
  readonly found: number;
  /** How far `expected` may be off. */
  readonly error: number;
  /** The slopes to the left and to the right. */
  readonly sides: readonly [number, number];
  readonly kinked: boolean;
  /** What a change in f is measured against: the largest number on its way. */
  readonly magnitude: number;
  readonly epsilon: number;
}

/** Why a comparison is inconclusive. */
export type Doubt = "kink" | "noise";

/**
 * Whether a derivative agrees with differences: within 20 times the differences' own error and ε^0.45 (9e-8 in float64) of its size.
 * At a kink every slope between the one to the left and the one to the right is a fair answer, which vouches for nothing; a slope outside is wrong.
 * Agreement within an error above 1/1000 of everything in sight is no agreement: `noise`.
 */
export function compareSlope(pair: SlopePair): { readonly verdict: Verdict; readonly doubt?: Doubt } {
  const { expected, found, error, sides, kinked, magnitude, epsilon } = pair;
  const size = Math.max(Math.abs(expected), Math.abs(found));
  const slack = 20 * error;
  if (Math.abs(expected - found) <= slack + epsilon ** 0.45 * size) {
    return slack > 1e-3 * Math.max(size, magnitude) ? { verdict: "inconclusive", doubt: "noise" } : { verdict: "ok" };
  }
  const [low, high] = sides[0] < sides[1] ? sides : [sides[1], sides[0]];
  // One-sided slopes are only as good as their step.
  const blur = slack + 1e-3 * (high - low);
  if (kinked && found >= low - blur && found <= high + blur) return { verdict: "inconclusive", doubt: "kink" };
  return { verdict: "wrong" };
}
