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
  const named = ({ method, lambda }: LambdaChoice) => `${method === "L-curve" ? "corner" : method}, λ = ${shownNumber(lambda)}`;
  const at = ({ chosen }: LambdaChoice) => ({ x: chosen.residualNorm, y: chosen.solutionNorm });
  const points = choice.curve.map(({ residualNorm, solutionNorm }) => ({ x: residualNorm, y: solutionNorm }));
  const others = (options.compare ?? []).map((other) => ({ label: named(other), points: [at(other)], isDots: true }));
  const panel = {
    x: { label: "‖A x − b‖", log: true },
    y: { label: "‖L x‖", log: true },
    series: [{ label: "L-curve", points }, ...others],
    marked: [{ ...at(choice), text: named(choice) }],
    height: 360,
  };
  return curvesFigure("L-curve", [panel], options, [choice.reason]);
}
