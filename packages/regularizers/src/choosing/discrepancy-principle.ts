import { shown } from "../diagnostics/text-table.js";
import type { ChoiceRow, LambdaChoice } from "./choice.js";
import { describeChoice } from "./describe-choice.js";
import { filterSums } from "./filter-sums.js";
import type { FilteredProblem } from "./filtered-problem.js";
import { type LambdaGridOptions, lambdaGrid } from "./lambda-grid.js";

export interface DiscrepancyOptions extends LambdaGridOptions {
  /** ‖e‖, the length of the noise in b, all right-hand sides together: for noise of standard deviation s in each of m numbers, s√m. */
  readonly noiseNorm: number;
  /** τ ≥ 1 or so: the residual is to be τ‖e‖. Default 1; above 1 is on the safe side where ‖e‖ is a guess. */
  readonly safety?: number;
}

/**
 * λ with ‖A x_λ − b‖ = τ‖e‖: the data are fitted as well as their noise allows, and no better. The residual grows with λ, so there is at most one; found
 * by bisection in log λ to rounding. V. A. Morozov 1966. The range is that of the curve alone: λ is sought beyond it too.
 * @returns `unreachable` where the residual is longer, or shorter, than τ‖e‖ for every λ, with the λ of the range that comes nearest
 * @throws RangeError unless noiseNorm and safety are finite and positive, or as `lambdaGrid`
 */
export function discrepancyPrinciple(problem: FilteredProblem, options: DiscrepancyOptions): LambdaChoice {
  const op = "discrepancyPrinciple";
  const { noiseNorm, safety = 1 } = options;
  for (const [name, value] of Object.entries({ noiseNorm, safety })) {
    if (!(value > 0 && value < Number.POSITIVE_INFINITY))
      throw new RangeError(`${op}: ${name} is ${value}; it must be a finite number > 0`);
  }
  const target = safety * noiseNorm;
  const rowAt = (lambda: number): ChoiceRow => {
    const { residualSquare, solutionSquare } = filterSums(problem, lambda);
    const residualNorm = Math.sqrt(residualSquare);
    return { lambda, residualNorm, solutionNorm: Math.sqrt(solutionSquare), criterion: residualNorm / target };
  };
  const curve = Array.from(lambdaGrid(op, problem, options), rowAt);
  const result = { method: "discrepancy principle", criterionName: "residual/target", curve } as const;
  const unreachable = (chosen: ChoiceRow, reason: string) =>
    describeChoice({ ...result, lambda: chosen.lambda, chosen, outcome: "unreachable", reason });
  const bracket = bracketOf((lambda) => rowAt(lambda).criterion < 1, curve[0]!.lambda, curve.at(-1)!.lambda);
  if (bracket === "too long") {
    return unreachable(
      curve[0]!,
      `the residual is longer than ${shown(target)} for every λ > 0: A does not explain the data that well; is the noise larger, or the model wrong?`,
    );
  }
  if (bracket === "too short") {
    return unreachable(
      curve.at(-1)!,
      `the residual is shorter than ${shown(target)} for every λ: ${
        problem.mu.includes(0) ? "what L does not see fits the data within their noise" : "the data are not longer than their noise"
      }`,
    );
  }
  let [low, high] = bracket.map(Math.log) as [number, number];
  for (let middle = (low + high) / 2; low < middle && middle < high; middle = (low + high) / 2) {
    if (rowAt(Math.exp(middle)).criterion < 1) low = middle;
    else high = middle;
  }
  const chosen = rowAt(Math.exp(high));
  const reason = `the residual is ${shown(chosen.residualNorm)}, as long as ${safety} times the noise`;
  return describeChoice({ ...result, lambda: chosen.lambda, chosen, outcome: "found", reason });
}

/** λ at which the residual is shorter, and longer, than wanted; or which of them there is not, within 40 decades of the range. */
function bracketOf(isShort: (lambda: number) => boolean, low: number, high: number): readonly [number, number] | "too long" | "too short" {
  const decades = Array.from({ length: 41 }, (_, k) => 10 ** k);
  const short = decades.map((d) => low / d).find(isShort);
  if (short === undefined) return "too long";
  const long = decades.map((d) => high * d).find((lambda) => !isShort(lambda));
  return long === undefined ? "too short" : [short, long];
}
