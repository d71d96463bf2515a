import type { Tree } from "@paramat/core";
import type { Point, Problem } from "../problem.js";

/** A ray θ + αd, α > 0, along which f falls. */
export interface Ray<P extends Tree> {
  readonly from: Point<P>;
  readonly direction: P;
  /** φ′(0) = ⟨∇f(θ), d⟩ < 0. */
  readonly slope: number;
  /** The α tried first. */
  readonly initial: number;
}

/**
 * α and the point it leads to, as `problem.pointAt` gave it; null where no α does, which near a minimum means that rounding hides the descent. The arrays of
 * the ray are the method's, and are freed after the iteration.
 */
export type LineSearch = <P extends Tree>(
  problem: Problem<P>,
  ray: Ray<P>,
) => Promise<{ readonly alpha: number; readonly point: Point<P> } | null>;

/** Told to users where a line search returns null. */
export const noDescent =
  "no step along the direction makes the value smaller: rounding has been reached, or the gradient is not that of the value; ask for a larger gradientTolerance, or check the derivatives";
