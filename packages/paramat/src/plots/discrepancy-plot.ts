import type { LambdaChoice } from "@paramat/regularizers";
import { curvesFigure, requireSome } from "./curves-figure.js";
import type { FigureOptions } from "./figure.js";
import { shownNumber } from "./shown-number.js";

/**
 * The residual ‖A x_λ − b‖ against λ, with the size that the noise is said to have as a line across, and the λ at which they meet.
 * @param choice of the discrepancy principle
 * @throws RangeError for an empty curve, or for the choice of another method, which knows no noise
 */
export function discrepancyPlot(choice: LambdaChoice, options: FigureOptions = {}): Promise<string> {
  const { curve, chosen, criterionName, lambda, reason } = choice;
  requireSome("discrepancyPlot", curve.length, "λ on the curve");
  if (criterionName !== "residual/target") {
    throw new RangeError(`discrepancyPlot: the choice is of ${choice.method}, by ${criterionName}; give one of the discrepancy principle`);
  }
  const noise = chosen.residualNorm / chosen.criterion;
  const panel = {
    x: { label: "λ", log: true },
    y: { label: "‖A x − b‖", log: true },
    series: [{ label: "residual", points: curve.map((row) => ({ x: row.lambda, y: row.residualNorm })) }],
    rules: [{ axis: "y" as const, at: noise, text: `noise: ${shownNumber(noise)}` }],
    marked: [{ x: lambda, y: chosen.residualNorm, text: `λ = ${shownNumber(lambda)}` }],
  };
  return curvesFigure("Choice of λ: discrepancy principle", [panel], options, [reason]);
}
