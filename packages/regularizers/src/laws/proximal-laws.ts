import { NotDifferentiableError, type Tree } from "@paramat/core";
import type { Regularizer } from "../regularizer.js";
import { along, flatten, inner, length, unflatten } from "../tree-vectors.js";
import { type RegularizerLaw, type RegularizerTrial, showError } from "./law.js";

const steps = [0.05, 0.7, 10];

/**
 * V = prox_τ(W) minimizes Φ(U) = R(U) + ‖U − W‖²/(2τ), that is 0 ∈ ∂R(V) + (V − W)/τ. For convex R then Φ(U) ≥ Φ(V) + ‖U − V‖²/(2τ) for every U, which
 * is asked of points near V and far from it; it needs no derivative, so that kinks are no exception.
 */
export const proximalLaw: RegularizerLaw = {
  name: "prox minimizes",
  applies: ({ prox }) => prox !== undefined,
  check<W extends Tree>({ R, params, drawPoint, drawDirection, epsilon, size }: RegularizerTrial<W>) {
    const points = [drawPoint(0.2), params, drawPoint(3)];
    const errors = steps.map((tau, k) => {
      const at = points[k] as W;
      const W = flatten(at);
      const V = flatten(R.prox?.(at, tau) as W);
      const phi = (U: Float64Array) => R(unflatten(params, U)).item() + inner(along(U, -1, W), along(U, -1, W)) / (2 * tau);
      const atV = phi(V);
      if (!Number.isFinite(atV)) return Number.POSITIVE_INFINITY;
      const descent = along(slopeAt(R, unflatten(params, V)), 1 / tau, along(V, -1, W));
      const unit = new Float64Array(size);
      unit[Math.floor(size / 2)] = 1;
      const directions = [along(W, -1, V), V, descent, unit, flatten(drawDirection(0.3))];
      const lengths = [1e-3, -1e-3, 0.3, -0.3];
      const trials = directions.flatMap((d) => lengths.map((t) => along(V, t, d)));
      const below = trials.map((U) => {
        const far = inner(along(U, -1, V), along(U, -1, V)) / (2 * tau);
        // What rounding of U − W does to the square of its length.
        const scale = atV + far + (length(along(U, -1, W)) * length(W)) / tau;
        return (atV + (R.isConvex ? far : 0) - phi(U)) / Math.max(scale, Number.MIN_VALUE);
      });
      return Math.max(0, ...below);
    });
    const error = Math.max(...errors);
    return { ok: error <= 100 * size * epsilon, error, detail: `τ = ${steps.join(", ")}: undercut by ${showError(error)}` };
  },
};

/** ∇R, or 0 where R has a corner and says so. */
function slopeAt<W extends Tree>(R: Regularizer, V: W): Float64Array {
  try {
    return flatten(R.gradient(V));
  } catch (error) {
    if (error instanceof NotDifferentiableError) return flatten(V).fill(0);
    throw error;
  }
}

/** ‖P a − P b‖² ≤ ⟨P a − P b, a − b⟩: proximal maps of convex functions are firmly non-expansive. */
export const nonExpansiveLaw: RegularizerLaw = {
  name: "prox firmly non-expansive",
  applies: ({ prox, isConvex }) => prox !== undefined && isConvex,
  check<W extends Tree>({ R, drawPoint, drawDirection, epsilon, size, params }: RegularizerTrial<W>) {
    const errors = steps.flatMap((tau) =>
      [1e-3, 1].map((spread) => {
        const a = flatten(drawPoint(2));
        const b = along(a, spread, flatten(drawDirection(2)));
        const P = (x: Float64Array) => flatten(R.prox?.(unflatten(params, x), tau) as W);
        const [moved, from] = [along(P(a), -1, P(b)), along(a, -1, b)];
        return (inner(moved, moved) - inner(moved, from)) / Math.max(length(from) ** 2, Number.MIN_VALUE);
      }),
    );
    const error = Math.max(0, ...errors);
    // Rounding of P is relative to a, not to a − b.
    return { ok: error <= 1e5 * size * epsilon, error, detail: `τ = ${steps.join(", ")}: off by ${showError(error)}` };
  },
};
