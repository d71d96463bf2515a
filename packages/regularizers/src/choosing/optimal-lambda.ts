import { ShapeError, sameShape, showShape, type Value } from "@paramat/core";
import { shown } from "../diagnostics/text-table.js";
import { along, length } from "../tree-vectors.js";
import type { ChoiceRow, LambdaChoice } from "./choice.js";
import { describeChoice } from "./describe-choice.js";
import { filterSums } from "./filter-sums.js";
import type { FilteredProblem } from "./filtered-problem.js";
import { type LambdaGridOptions, lambdaGrid } from "./lambda-grid.js";
import { refinedRow } from "./refined-row.js";

/**
 * The λ of the least error ‖x_λ − x‖/‖x‖, where the truth x is known: what the methods are measured by, and none can know. A solution for each λ.
 * @throws ShapeError unless `exact` has the shape of the solution; RangeError as `lambdaGrid`
 */
export function optimalLambda(problem: FilteredProblem, exact: Value, options: LambdaGridOptions = {}): LambdaChoice {
  const errorAt = errorOf(problem, exact);
  const rowAt = (lambda: number): ChoiceRow => {
    const { residualSquare, solutionSquare } = filterSums(problem, lambda);
    return { lambda, residualNorm: Math.sqrt(residualSquare), solutionNorm: Math.sqrt(solutionSquare), criterion: errorAt(lambda) };
  };
  const curve = Array.from(lambdaGrid("optimalLambda", problem, options), rowAt);
  const best = curve.reduce((least, row, k) => (row.criterion < curve[least]!.criterion ? k : least), 0);
  const result = { method: "optimal", criterionName: "relative error", curve } as const;
  const top = curve[best]!;
  if (best === 0 || best === curve.length - 1) {
    const reason = `the error is least, ${shown(top.criterion)}, at the end of the range`;
    return describeChoice({ ...result, lambda: top.lambda, chosen: top, outcome: "at the border", reason });
  }
  const chosen = refinedRow(curve, best, rowAt);
  return describeChoice({ ...result, lambda: chosen.lambda, chosen, outcome: "found", reason: `least error, ${shown(chosen.criterion)}` });
}

/** ‖x_λ − x‖/‖x‖ for each λ. */
function errorOf(problem: FilteredProblem, exact: Value): (lambda: number) => number {
  const truth = exact.toArray();
  const size = length(truth);
  return (lambda) => {
    const found = problem.solution(lambda);
    if (!sameShape(found.shape, exact.shape)) {
      throw new ShapeError(
        `optimalLambda: exact is ${showShape(exact.shape)}, and solutions are ${showShape(found.shape)}; they must agree`,
      );
    }
    return length(along(found.toArray(), -1, truth)) / size;
  };
}
