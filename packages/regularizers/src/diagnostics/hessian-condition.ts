import { grad, leaves, linearize, requireReadable, type Tree, type Value } from "@paramat/core";
import { flatten, unflatten } from "../tree-vectors.js";
import { lanczos, type RitzValues } from "./lanczos.js";
import { shown, textTable } from "./text-table.js";

export interface HessianConditionOptions {
  /** Relative, of each extreme eigenvalue. Default 1e-6. */
  readonly tolerance?: number;
  /** Products with the Hessian, at most. Default 200. */
  readonly maxSteps?: number;
  /** Of the first vector. Default 1. */
  readonly seed?: number;
}

/** How badly the minimum is determined. */
export interface HessianCondition {
  /** λ_max/λ_min; ∞ where λ_min is 0 to rounding, NaN where it is negative or no number. */
  readonly condition: number;
  readonly largest: number;
  readonly smallest: number;
  /** Within which of each an eigenvalue lies. */
  readonly residuals: { readonly largest: number; readonly smallest: number };
  /**
   * `converged`; `singular`: λ_min is 0 to rounding; `indefinite`: there are negative eigenvalues; `limit`: steps were up before both extremes were as near
   * as asked, so that the condition is a lower bound; `not finite`: a product was NaN or infinite.
   */
  readonly outcome: "converged" | "singular" | "indefinite" | "limit" | "not finite";
  /** Products with the Hessian. */
  readonly steps: number;
  /** Rows of the Hessian. */
  readonly size: number;
  /** All Ritz values, ascending: where the spectrum lies. */
  readonly ritzValues: Float64Array;
  /** What to do, unless converged. */
  readonly remedy?: string;
  toString(): string;
}

/**
 * The condition number of ∇²f at `params` without a matrix (lecture, "Regularization": "estimate condition number (costly!)"): extreme Ritz values of
 * Lanczos' method, one Hessian-vector product a step over one tape.
 * @param f to a scalar: a loss, or one with its regularizer
 * @throws TypeError if `params` holds no number; BackendError where the backend cannot be read without waiting
 * @example
 * import { cpu } from "@paramat/backends";
 * import { mul, ndarray, sum } from "@paramat/core";
 * import { hessianCondition } from "@paramat/regularizers";
 * const scales = ndarray(cpu("float64"), [1, 4, 100]);
 * hessianCondition((w) => sum(mul(scales, mul(w, w))), scales).condition; // → ≈ 100
 */
export function hessianCondition(f: (params: Value) => Value, params: Value, options?: HessianConditionOptions): HessianCondition;
export function hessianCondition<W extends Tree>(f: (params: W) => Value, params: W, options?: HessianConditionOptions): HessianCondition;
export function hessianCondition<W extends Tree>(
  f: (params: W) => Value,
  params: W,
  options: HessianConditionOptions = {},
): HessianCondition {
  const { tolerance = 1e-6, maxSteps = 200, seed = 1 } = options;
  const backend = leaves(params)[0]?.backend;
  if (backend) requireReadable("hessianCondition", backend, "params");
  const size = flatten(params).length;
  const epsilon = backend?.epsilon;
  if (size === 0 || epsilon === undefined) throw new TypeError("hessianCondition: the parameters hold no number; give at least one");
  const H = linearize(grad(f), params);
  const apply = (v: Float64Array) => flatten(H.apply(unflatten(params, v)));
  const judge = (ritz: RitzValues) => judged(ritz, tolerance, size * epsilon);
  const found = lanczos(apply, size, { maxSteps, seed, enough: (ritz) => judge(ritz).isEnough });
  const { outcome, largest, smallest, residuals } = judge(found);
  const remedy = remedies[outcome];
  const condition =
    outcome === "indefinite" || outcome === "not finite"
      ? Number.NaN
      : outcome === "singular"
        ? Number.POSITIVE_INFINITY
        : largest / smallest;
  const result = { condition, largest, smallest, residuals, outcome, steps: found.steps, size, ritzValues: found.values };
  return { ...result, ...(remedy && { remedy }), toString: () => print(result, remedy) };
}

const remedies: Readonly<Partial<Record<HessianCondition["outcome"], string>>> = {
  singular: "directions without any slope are left: add a regularizer, λR with ∇²R positive there",
  indefinite: "this is no minimum: train on, or regularize; Newton's method needs a trust region here",
  "not finite": "a Hessian-vector product is NaN or infinite: explainNonFinite(f, params) names the op",
  limit: "the condition is a lower bound: allow more steps with maxSteps",
};

function judged({ values, residuals, isInvariant }: RitzValues, tolerance: number, rounding: number) {
  const [smallest, largest] = [values[0] as number, values.at(-1) as number];
  const ends = { smallest: residuals[0] as number, largest: residuals.at(-1) as number };
  const size = Math.max(Math.abs(smallest), Math.abs(largest));
  const zero = 10 * rounding * size;
  const isNear = ends.largest <= tolerance * Math.abs(largest) && ends.smallest <= Math.max(tolerance * Math.abs(smallest), zero);
  // A negative value is no estimate of a positive one from above: an eigenvalue lies below it.
  const isIndefinite = smallest < -zero;
  const isEnough = isNear || isInvariant;
  if (!Number.isFinite(size)) return { smallest, largest, residuals: ends, isEnough: true, outcome: "not finite" } as const;
  const outcome = isIndefinite ? "indefinite" : !isEnough ? "limit" : smallest <= zero ? "singular" : "converged";
  return { smallest, largest, residuals: ends, isEnough, outcome } as const;
}

function print(
  { condition, largest, smallest, residuals, outcome, steps, size }: Omit<HessianCondition, "remedy" | "toString">,
  remedy?: string,
) {
  const rows = [
    ["largest", shown(largest), shown(residuals.largest)],
    ["smallest", shown(smallest), shown(residuals.smallest)],
  ];
  const head = `condition of the Hessian, ${size} × ${size}: ${shown(condition)} (${outcome}, ${steps} products)`;
  return [head, textTable(["eigenvalue", "value", "residual"], rows), ...(remedy ? [remedy] : [])].join("\n");
}
