import type { ValidationStep } from "@paramat/regularizers";
import { curvesFigure, requireSome } from "./curves-figure.js";
import type { FigureOptions } from "./figure.js";

/**
 * A descent on the validation error in log λ, step by step: the error, the norm of its gradient, and every λ.
 * @throws RangeError for no steps
 */
export function validationPlot(steps: readonly ValidationStep[], options: FigureOptions = {}): Promise<string> {
  requireSome("validationPlot", steps.length, "steps");
  const x = { label: "step", isInteger: true };
  const of = (read: (step: ValidationStep) => number) => steps.map((step, i) => ({ x: i, y: read(step) }));
  const count = (steps[0] as ValidationStep).lambda.length;
  const lambdas = Array.from({ length: count }, (_, i) => ({
    label: count === 1 ? "λ" : `λ${i + 1}`,
    points: of(({ lambda }) => lambda[i] ?? Number.NaN),
  }));
  const one = (label: string, read: (step: ValidationStep) => number) => [{ label, points: of(read) }];
  const panels = [
    {
      x,
      y: { label: "validation error", log: steps.every(({ value }) => !(value <= 0)) },
      series: one("validation error", (s) => s.value),
    },
    { x, y: { label: "‖d error/d log λ‖", log: true }, series: one("its gradient", (s) => s.gradientNorm) },
    { x, y: { label: "λ", log: true }, series: lambdas },
  ];
  return curvesFigure("Choice of λ: descent on the validation error", panels, options);
}
