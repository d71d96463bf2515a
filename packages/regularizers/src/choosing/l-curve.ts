import { shown } from "../diagnostics/text-table.js";
import type { ChoiceRow, LambdaChoice } from "./choice.js";
import { describeChoice } from "./describe-choice.js";
import { filterSums } from "./filter-sums.js";
import type { FilteredProblem } from "./filtered-problem.js";
import { type LambdaGridOptions, lambdaGrid } from "./lambda-grid.js";
import { refinedRow } from "./refined-row.js";

/**
 * λ at the corner of the L-curve (log ‖A x_λ − b‖, log ‖L x_λ‖): left of it the solution grows with the noise, right of it the residual. Where the
 * curvature, exact from the filters (`filterSums`), has its largest value on a grid, refined. P. C. Hansen & D. P. O'Leary, SIAM J. Sci. Comput. 14 (1993).
 * Differs from it in: of several peaks of the curvature not the highest counts, which may be a kink, but the one about which the curve turns most.
 * @returns `no corner` where the curve bends nowhere towards the origin, `at the border` where it bends but the curvature has no peak inside the range
 * @throws RangeError as `lambdaGrid`
 * @remarks The corner is where the noise begins to count in ‖L x‖. Where the truth is so smooth that little noise spoils it, that λ is too small (M. Hanke,
 * BIT 36, 1996); as the noise goes to 0 or n to ∞ it is too large (C. R. Vogel, Inverse Problems 12, 1996).
 */
export function lCurve(problem: FilteredProblem, options: LambdaGridOptions = {}): LambdaChoice {
  const rowAt = (lambda: number) => curveRow(problem, lambda);
  const curve = Array.from(lambdaGrid("lCurve", problem, options), rowAt);
  const result = { method: "L-curve", criterionName: "curvature", curve } as const;
  // Ends do not count: there a few singular values alone make the curve.
  const corners = curve.slice(1, -1).flatMap((row, k) => (isPeak(row, curve[k]!, curve[k + 2]!) ? [k + 1] : []));
  const turns = turningAngles(curve, corners);
  const [best, ...others] = [...corners].sort((j, k) => turns.get(k)! - turns.get(j)!);
  if (best === undefined) {
    const top = curve.reduce((most, row) => (row.criterion > most.criterion ? row : most));
    const between = `between λ = ${shown(curve[0]!.lambda)} and ${shown(curve.at(-1)!.lambda)}`;
    const [outcome, reason] =
      top.criterion > 0
        ? (["at the border", `the curvature is largest, ${shown(top.criterion)}, at an end and has no peak ${between}`] as const)
        : (["no corner", `the curvature is nowhere positive ${between}`] as const);
    return describeChoice({
      ...result,
      lambda: top.lambda,
      chosen: top,
      outcome,
      reason: `${reason}; widen the range, or take another method`,
    });
  }
  const chosen = refinedRow(curve, best, rowAt, ({ criterion }) => -criterion);
  const rivals = others.filter((k) => curve[k]!.criterion > 0.1 * chosen.criterion).map((k) => shown(curve[k]!.lambda));
  const more = rivals.length > 0 ? `; lesser corners at λ = ${rivals.join(", ")}` : "";
  return describeChoice({
    ...result,
    lambda: chosen.lambda,
    chosen,
    outcome: "found",
    reason: `curvature ${shown(chosen.criterion)}${more}`,
  });
}

/** Points are far apart on the curve where residual or solution differ by a factor of about 2. */
const sight = Math.log(2);

/**
 * By how much the curve turns to the left at each of some rows, seen from `sight` before it to as much behind, along the curve, in radians: π/2 at the
 * corner of an L. The curvature alone takes a kink of any size for a corner.
 */
function turningAngles(curve: readonly ChoiceRow[], rows: readonly number[]): ReadonlyMap<number, number> {
  const points = curve.map((row) => [Math.log(row.residualNorm), Math.log(row.solutionNorm)] as const);
  return new Map(
    rows.map((k) => {
      const [x, y] = points[k]!;
      const isFar = ([px, py]: readonly [number, number]) => Math.hypot(px - x, py - y) >= sight;
      const [ax, ay] = points.slice(0, k).findLast(isFar) ?? points[0]!;
      const [bx, by] = points.slice(k + 1).find(isFar) ?? points.at(-1)!;
      const [before, after] = [Math.atan2(y - ay, x - ax), Math.atan2(by - y, bx - x)];
      return [k, Math.atan2(Math.sin(after - before), Math.cos(after - before))];
    }),
  );
}

function isPeak({ criterion }: ChoiceRow, before: ChoiceRow, after: ChoiceRow): boolean {
  return criterion > 0 && criterion >= before.criterion && criterion > after.criterion;
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
