import { type Rng, rng, type Tree } from "@paramat/core";
import type { Regularizer } from "../regularizer.js";
import { flatten, unflatten } from "../tree-vectors.js";

export interface RegularizerLawOptions<W extends Tree> {
  /** Default 1. */
  readonly seed?: number;
  /** Parameters at which R is 0. */
  readonly zeros?: readonly W[];
  /** Takes any tree of the form of the parameters to one in R's domain, x ↦ |x| for what needs W ≥ 0, say. Default: all are. */
  readonly intoDomain?: (params: W) => W;
}

/** A regularizer at a point, and where other points come from. */
export interface RegularizerTrial<W extends Tree> {
  readonly R: Regularizer;
  readonly params: W;
  readonly zeros: readonly W[];
  readonly seed: number;
  readonly epsilon: number;
  /** How many numbers the parameters are. */
  readonly size: number;
  /** A random tree of the form of the parameters, normal with this spread. */
  drawDirection(spread?: number): W;
  /** A random point of R's domain. */
  drawPoint(spread?: number): W;
}

/** What a law found. */
export interface RegularizerFinding {
  readonly ok: boolean;
  /** Relative, or the amount by which an inequality fails. */
  readonly error: number;
  readonly detail: string;
}

/** One thing that must be so of every regularizer that `applies` accepts. */
export interface RegularizerLaw {
  readonly name: string;
  applies(R: Regularizer): boolean;
  check<W extends Tree>(trial: RegularizerTrial<W>): RegularizerFinding;
}

export function regularizerTrial<W extends Tree>(
  R: Regularizer,
  params: W,
  epsilon: number,
  options: RegularizerLawOptions<W>,
): Omit<RegularizerTrial<W>, "drawDirection" | "drawPoint"> & { withStream(law: string): RegularizerTrial<W> } {
  const { seed = 1, zeros = [], intoDomain = (at: W) => at } = options;
  const size = flatten(params).length;
  const draw = (stream: Rng, spread: number) =>
    unflatten(
      params,
      Float64Array.from({ length: size }, () => spread * stream.normal()),
    );
  const trial = { R, params, zeros, seed, epsilon, size };
  // A stream for each law, so that its draws do not depend on which others are tried.
  const withStream = (law: string): RegularizerTrial<W> => {
    const stream = rng(Array.from(law).reduce((hash, letter) => (31 * hash + (letter.codePointAt(0) as number)) | 0, seed));
    return { ...trial, drawDirection: (spread = 1) => draw(stream, spread), drawPoint: (spread = 1) => intoDomain(draw(stream, spread)) };
  };
  return { ...trial, withStream };
}

export function showError(error: number): string {
  return error === 0 ? "0" : error.toExponential(1);
}
