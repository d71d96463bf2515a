import type { LambdaChoice } from "@paramat/regularizers";
import { curvesFigure, requireSome } from "./curves-figure.js";
import type { FigureOptions } from "./figure.js";
import { shownNumber } from "./shown-number.js";

/**
 * What a method looks at against λ, with the λ chosen marked: the GCV function with its minimum, the relative error, the curvature of the L-curve with its
 * maximum.
 * @throws RangeError for an empty curve
 */
export function criterionPlot(choice: LambdaChoice, options: FigureOptions = {}): Promise<string> {
  const { curve, chosen, criterionName, lambda, method, reason } = choice;
  requireSome("criterionPlot", curve.length, "λ on the curve");
  const panel = {
    x: { label: "λ", log: true },
    // Curvatures have both signs.
    y: { label: criterionName, log: criterionName !== "curvature" },
    series: [{ label: criterionName, points: curve.map((row) => ({ x: row.lambda, y: row.criterion })) }],
    marked: [{ x: lambda, y: chosen.criterion, text: `λ = ${shownNumber(lambda)}` }],
  };
  return curvesFigure(`Choice of λ: ${method}`, [panel], options, [reason]);
}
