import type { FoldChoice } from "@paramat/regularizers";
import { curvesFigure, requireSome } from "./curves-figure.js";
import type { FigureOptions } from "./figure.js";
import { shownNumber } from "./shown-number.js";

/**
 * The mean error of k-fold cross-validation against λ with its standard error, the least one marked, and the largest λ within one standard error of it
 * (Hastie, Tibshirani & Friedman, The Elements of Statistical Learning, 7.10).
 * @throws RangeError for an empty curve
 */
export function foldPlot(choice: FoldChoice, options: FigureOptions = {}): Promise<string> {
  const { curve, chosen, lambda, oneStandardErrorLambda, reason } = choice;
  requireSome("foldPlot", curve.length, "λ on the curve");
  const points = curve.map(({ lambda: x, meanError: y, standardError }) => ({ x, y, low: y - standardError, high: y + standardError }));
  const limit = chosen.meanError + chosen.standardError;
  const panel = {
    x: { label: "λ", log: true },
    y: { label: "mean error" },
    series: [{ label: "mean error", points }],
    marked: [{ x: lambda, y: chosen.meanError, text: `least, λ = ${shownNumber(lambda)}` }],
    rules: [
      { axis: "y" as const, at: limit, text: "least + one standard error" },
      { axis: "x" as const, at: oneStandardErrorLambda, text: `one s.e., λ = ${shownNumber(oneStandardErrorLambda)}` },
    ],
  };
  return curvesFigure(`Choice of λ: ${chosen.foldErrors.length}-fold cross-validation`, [panel], options, [
    `Bars: one standard error of the mean. ${reason}`,
  ]);
}
