import { shown } from "../diagnostics/text-table.js";
import type { ChoiceRow, LambdaChoice } from "./choice.js";
import { describeChoice } from "./describe-choice.js";
import { filterSums } from "./filter-sums.js";
import type { FilteredProblem } from "./filtered-problem.js";
import { goldenSection } from "./golden-section.js";
import { type LambdaGridOptions, lambdaGrid } from "./lambda-grid.js";

/**
 * λ at the corner of the L-curve (log ‖A x_λ − b‖, log ‖L x_λ‖), where it bends most: left of it the solution grows with the noise, right of it the
 * residual. The curvature is exact, from the filters (`filterSums`); its largest value on a grid, refined. P. C. Hansen & D. P. O'Leary, SIAM J. Sci.
 * Comput. 14 (1993).
 * @returns `no corner` where the curve bends nowhere towards the origin, `at the border` where it bends most at an end of the range. As noise goes to 0
 * or n to ∞ the corner's λ is too large (C. R. Vogel, Inverse Problems 12, 1996)
 * @throws RangeError as `lambdaGrid`
 */
export function lCurve(problem: FilteredProblem, options: LambdaGridOptions = {}): LambdaChoice {
  const rowAt = (lambda: number) => curveRow(problem, lambda);
  const curve = Array.from(lambdaGrid("lCurve", problem, options), rowAt);
  const best = curve.reduce((most, row, k) => (row.criterion > curve[most]!.criterion ? k : most), 0);
  const result = { method: "L-curve", criterionName: "curvature", curve } as const;
  const top = curve[best]!;
  if (!(top.criterion > 0)) {
    const reason = `the curvature is nowhere positive between λ = ${shown(curve[0]!.lambda)} and ${shown(curve.at(-1)!.lambda)}; take another method`;
    return describeChoice({ ...result, lambda: top.lambda, chosen: top, outcome: "no corner", reason });
  }
  if (best === 0 || best === curve.length - 1) {
    const reason = `the curvature is largest, ${shown(top.criterion)}, at the end of the range; widen it, or take another method`;
    return describeChoice({ ...result, lambda: top.lambda, chosen: top, outcome: "at the border", reason });
  }
  const [left, right] = [curve[best - 1]!, curve[best + 1]!];
  const { at } = goldenSection((t) => -curveRow(problem, Math.exp(t)).criterion, Math.log(left.lambda), Math.log(right.lambda));
  const refined = rowAt(Math.exp(at));
  const chosen = refined.criterion >= top.criterion ? refined : top;
  const reason = `largest curvature, ${shown(chosen.criterion)}`;
  return describeChoice({ ...result, lambda: chosen.lambda, chosen, outcome: "found", reason });
}

/**
 * κ = (p′q″ − p″q′)/(p′² + q′²)^{3/2} for p = ½ log ρ, q = ½ log η, derivatives in log λ: positive where the curve turns to the left on its way down and
 * right. With ρ′ = −λη′: ρ″ = −λ(η′ + η″).
 */
function curveRow(problem: FilteredProblem, lambda: number): ChoiceRow {
  const { residualSquare: rho, solutionSquare: eta, solutionSlope, solutionBend } = filterSums(problem, lambda);
  const [rhoSlope, rhoBend] = [-lambda * solutionSlope, -lambda * (solutionSlope + solutionBend)];
  const [p1, q1] = [rhoSlope / (2 * rho), solutionSlope / (2 * eta)];
  const [p2, q2] = [rhoBend / (2 * rho) - 2 * p1 * p1, solutionBend / (2 * eta) - 2 * q1 * q1];
  const curvature = (p1 * q2 - p2 * q1) / (p1 * p1 + q1 * q1) ** 1.5;
  return { lambda, residualNorm: Math.sqrt(rho), solutionNorm: Math.sqrt(eta), criterion: Number.isNaN(curvature) ? 0 : curvature };
}
