import type { Rng } from "@paramat/core";
import { shown, textTable } from "../diagnostics/text-table.js";
import type { FoldChoice, FoldRow } from "./choice.js";

export interface KFoldOptions<Params> {
  /** Examples are 0 … numExamples − 1. */
  readonly numExamples: number;
  /** 2 … numExamples; as many as examples is leave-one-out. Default 10, or numExamples where that is less. */
  readonly folds?: number;
  /** λ ≥ 0 to try, at least one, in any order. */
  readonly lambdas: readonly number[];
  /** Deals the examples out to the folds. */
  readonly rng: Rng;
  /**
   * The minimizer for one λ on these examples. λ are tried from the largest down, and `warm` is the solution of the λ before on the same examples, which is
   * a good start; absent for the first.
   */
  readonly fit: (lambda: number, train: Int32Array, warm: Params | undefined) => Params | Promise<Params>;
  /** The mean error on these examples, which were held out. */
  readonly error: (params: Params, heldOut: Int32Array) => number | Promise<number>;
}

/**
 * λ of the least error on examples held out, by k-fold cross-validation: every example is held out once. Also the largest λ whose error is within one
 * standard error of the least: the simplest model that is not distinguishably worse (Breiman et al. 1984, 3.4.3; Hastie, Tibshirani & Friedman, 7.10).
 * Each (λ, fold) is fitted once, one after the other.
 * @returns `at the border` where the least error is at the smallest or largest of several λ, `not finite` where all are NaN or ∞
 * @throws RangeError unless counts and λ are as said; TypeError where `error` gives no number; whatever `fit` and `error` throw
 * @example
 * import { rng } from "@paramat/core";
 * import { kFold } from "@paramat/regularizers";
 * const y = [1, 3, 2, 2];
 * // The mean, drawn towards 0: Σy/(n + λ).
 * const choice = await kFold({
 *   numExamples: 4,
 *   folds: 4,
 *   lambdas: [0, 1, 100],
 *   rng: rng(1),
 *   fit: (lambda, train) => train.reduce((sum, e) => sum + y[e]!, 0) / (train.length + lambda),
 *   error: (mean, heldOut) => (y[heldOut[0]!]! - mean) ** 2,
 * });
 * choice.curve.map((row) => Math.round(100 * row.meanError) / 100); // → [0.89, 1.03, 4.28]
 */
export async function kFold<Params>(options: KFoldOptions<Params>): Promise<FoldChoice> {
  const { numExamples, folds = Math.min(10, numExamples), rng, fit, error } = options;
  requireCounts(numExamples, folds, options.lambdas);
  const lambdas = [...new Set(options.lambdas)].sort((a, b) => a - b);
  const order = rng.permutation(numExamples);
  const errors = lambdas.map(() => new Array<number>(folds).fill(Number.NaN));
  for (let fold = 0; fold < folds; fold++) {
    // Folds of ⌊n/k⌋ or ⌈n/k⌉; in ascending order, so that sums over them do not depend on the deal.
    const heldOut = order.filter((_, at) => at % folds === fold).sort();
    const train = order.filter((_, at) => at % folds !== fold).sort();
    let warm: Params | undefined;
    for (let k = lambdas.length - 1; k >= 0; k--) {
      warm = await fit(lambdas[k]!, train, warm);
      const heldOutError: unknown = await error(warm, heldOut);
      if (typeof heldOutError !== "number") {
        throw new TypeError(`kFold: error gave ${typeof heldOutError} for λ = ${lambdas[k]}; it must give a number (a Value's is .item())`);
      }
      errors[k]![fold] = heldOutError;
    }
  }
  return choose(lambdas.map((lambda, k) => rowOf(lambda, errors[k]!)));
}

function requireCounts(numExamples: number, folds: number, lambdas: readonly number[]): void {
  if (!Number.isInteger(numExamples) || numExamples < 2) {
    throw new RangeError(`kFold: numExamples is ${numExamples}; it must be an integer ≥ 2`);
  }
  if (!Number.isInteger(folds) || folds < 2 || folds > numExamples) {
    throw new RangeError(`kFold: folds is ${folds}; it must be an integer in 2 … ${numExamples}, the number of examples`);
  }
  const wrong = lambdas.find((lambda) => !(lambda >= 0 && lambda < Number.POSITIVE_INFINITY));
  if (wrong !== undefined || lambdas.length === 0) {
    throw new RangeError(`kFold: lambdas are [${lambdas.join(", ")}]; they must be finite numbers ≥ 0, at least one`);
  }
}

function rowOf(lambda: number, foldErrors: readonly number[]): FoldRow {
  const k = foldErrors.length;
  const meanError = foldErrors.reduce((sum, e) => sum + e, 0) / k;
  const variance = foldErrors.reduce((sum, e) => sum + (e - meanError) ** 2, 0) / (k - 1);
  return { lambda, meanError, standardError: Math.sqrt(variance / k), foldErrors };
}

function choose(curve: readonly FoldRow[]): FoldChoice {
  // NaN is never less: a λ whose fit failed is not chosen unless all did.
  const best = curve.reduce(
    (least, row, k) => (row.meanError < curve[least]!.meanError || Number.isNaN(curve[least]!.meanError) ? k : least),
    0,
  );
  const chosen = curve[best]!;
  const limit = chosen.meanError + chosen.standardError;
  const simplest = curve.findLast((row) => row.meanError <= limit) ?? chosen;
  const isKnown = Number.isFinite(chosen.meanError);
  const isEnd = isKnown && curve.length > 1 && (best === 0 || best === curve.length - 1);
  const least = `least mean error, ${shown(chosen.meanError)} ± ${shown(chosen.standardError)}`;
  const choice = {
    method: "k-fold",
    lambda: chosen.lambda,
    oneStandardErrorLambda: simplest.lambda,
    chosen,
    curve,
    outcome: !isKnown ? "not finite" : isEnd ? "at the border" : "found",
    reason: !isKnown
      ? "the mean error is NaN or infinite for every λ; look at the fits"
      : isEnd
        ? `${least}, at the ${best === 0 ? "smallest" : "largest"} λ; try ${best === 0 ? "smaller" : "larger"} ones`
        : least,
  } as const;
  return { ...choice, toString: () => print(choice) };
}

function print({ method, lambda, oneStandardErrorLambda, chosen, curve, outcome, reason }: Omit<FoldChoice, "toString">): string {
  const cells = (row: FoldRow) => [
    row === chosen ? "→" : row.lambda === oneStandardErrorLambda ? "1 s.e." : "",
    ...[row.lambda, row.meanError, row.standardError].map(shown),
  ];
  const simplest = outcome === "not finite" ? "" : `; within one standard error up to λ = ${shown(oneStandardErrorLambda)}`;
  return [
    `${method}: λ = ${shown(lambda)}, ${outcome}: ${reason}${simplest}`,
    textTable(["", "λ", "mean error", "s.e."], curve.map(cells)),
  ].join("\n");
}
