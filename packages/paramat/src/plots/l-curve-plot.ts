import type { LambdaChoice } from "@paramat/regularizers";
import { curvesFigure, requireSome } from "./curves-figure.js";
import type { FigureOptions } from "./figure.js";
import { shownNumber } from "./shown-number.js";

export interface LCurvePlotOptions extends FigureOptions {
  /** What other methods chose on the same problem, marked too. */
  readonly compare?: readonly LambdaChoice[];
}

/**
 * ‖L x_λ‖ against ‖A x_λ − b‖, logarithmic, with the λ chosen marked: the corner, where the L-curve chose it (Hansen 1992).
 * @param choice of any method on the problem
 * @throws RangeError for an empty curve
 */
export function lCurvePlot(choice: LambdaChoice, options: LCurvePlotOptions = {}): Promise<string> {
  requireSome("lCurvePlot", choice.curve.length, "λ on the curve");
  const marked = [choice, ...(options.compare ?? [])].map(({ method, lambda, chosen }) => ({
    x: chosen.residualNorm,
    y: chosen.solutionNorm,
    text: `${method === "L-curve" ? "corner" : method}, λ = ${shownNumber(lambda)}`,
  }));
  const points = choice.curve.map(({ residualNorm, solutionNorm }) => ({ x: residualNorm, y: solutionNorm }));
  const panel = {
    x: { label: "‖A x − b‖", log: true },
    y: { label: "‖L x‖", log: true },
    series: [{ label: "L-curve", points }],
    marked,
    height: 360,
  };
  return curvesFigure("L-curve", [panel], options, [choice.reason]);
}
