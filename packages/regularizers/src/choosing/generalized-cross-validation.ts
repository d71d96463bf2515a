import { shown } from "../diagnostics/text-table.js";
import type { ChoiceRow, LambdaChoice } from "./choice.js";
import { describeChoice } from "./describe-choice.js";
import { filterSums } from "./filter-sums.js";
import type { FilteredProblem } from "./filtered-problem.js";
import { type LambdaGridOptions, lambdaGrid } from "./lambda-grid.js";
import { refinedRow } from "./refined-row.js";

export interface CrossValidationOptions extends LambdaGridOptions {
  /**
   * γ in (0, 1]; default 1. Below 1 it is robust GCV, the least (γ + (1 − γ) tr((A A_λ⁺)²)/m) G(λ), which is not taken in by the false minimum that G
   * sometimes has at tiny λ; with γ = 0.1 it costs little where there is none (M. A. Lukas, Inverse Problems 22, 2006).
   */
  readonly robustness?: number;
}

/**
 * λ of the least G(λ) = ‖A x_λ − b‖²/tr(I − A A_λ⁺)², which estimates, up to a factor, how well x_λ foretells data left out, without knowing the noise:
 * its least value on a grid, refined. Needs noise that is white. G. H. Golub, M. Heath & G. Wahba, Technometrics 21 (1979).
 * @param options by default the range begins where a tenth of the degrees of freedom is left, tr(I − A A_λ⁺) = m/10
 * @returns `at the border` where G is least at an end of the range. The minimum is often flat; `reason` says between which λ G stays within 1 % of it
 * @throws RangeError unless robustness is in (0, 1], or as `lambdaGrid`
 */
export function generalizedCrossValidation(problem: FilteredProblem, options: CrossValidationOptions = {}): LambdaChoice {
  const { robustness = 1 } = options;
  if (!(robustness > 0 && robustness <= 1)) {
    throw new RangeError(`generalizedCrossValidation: robustness is ${robustness}; it must be in (0, 1], and 1 is plain GCV`);
  }
  const rowAt = (lambda: number): ChoiceRow => {
    const { residualSquare, solutionSquare, freedom, influenceSquare } = filterSums(problem, lambda);
    // For each right-hand side the same trace, and the mean of the residuals.
    const plain = residualSquare / problem.numRightSides / freedom ** 2;
    const G = plain * (robustness + ((1 - robustness) * influenceSquare) / problem.numData);
    return {
      lambda,
      residualNorm: Math.sqrt(residualSquare),
      solutionNorm: Math.sqrt(solutionSquare),
      criterion: Number.isNaN(G) ? Number.POSITIVE_INFINITY : G,
    };
  };
  const curve = Array.from(gridOf(problem, options), rowAt);
  const best = curve.reduce((least, row, k) => (row.criterion < curve[least]!.criterion ? k : least), 0);
  const result = { method: "GCV", criterionName: "GCV", curve } as const;
  const top = curve[best]!;
  if (best === 0 || best === curve.length - 1) {
    const reason = `G is least, ${shown(top.criterion)}, at the end of the range; widen it, or take another method`;
    return describeChoice({ ...result, lambda: top.lambda, chosen: top, outcome: "at the border", reason });
  }
  const chosen = refinedRow(curve, best, rowAt);
  const near = curve.filter((row) => row.criterion <= 1.01 * chosen.criterion);
  const flat = near.length > 0 ? `; within 1 % of it from λ = ${shown(near[0]!.lambda)} to ${shown(near.at(-1)!.lambda)}` : "";
  return describeChoice({
    ...result,
    lambda: chosen.lambda,
    chosen,
    outcome: "found",
    reason: `least G, ${shown(chosen.criterion)}${flat}`,
  });
}

/** Share of the data's degrees of freedom that the residual must have left. */
const leastFreedom = 0.1;

/** With next to no freedom left, G is one small number over another, and chance: by default such λ are not looked at. */
function gridOf(problem: FilteredProblem, options: LambdaGridOptions): Float64Array {
  const op = "generalizedCrossValidation";
  const whole = lambdaGrid(op, problem, options);
  if (options.range) return whole;
  const first = whole.findIndex((lambda) => filterSums(problem, lambda).freedom >= leastFreedom * problem.numData);
  return first <= 0 || first > whole.length - 3 ? whole : lambdaGrid(op, problem, { ...options, range: [whole[first]!, whole.at(-1)!] });
}
