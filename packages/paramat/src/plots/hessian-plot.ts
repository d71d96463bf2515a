import type { HessianCondition } from "@paramat/regularizers";
import { curvesFigure, requireSome } from "./curves-figure.js";
import type { FigureOptions } from "./figure.js";
import { shownNumber } from "./shown-number.js";

/**
 * Where the eigenvalues of the Hessian lie: the absolute Ritz values of Lanczos' method, ascending, logarithmic, negative ones as a series of their own.
 * @throws RangeError for no Ritz values
 */
export function hessianPlot(
  found: Pick<HessianCondition, "condition" | "outcome" | "ritzValues" | "size" | "steps" | "remedy">,
  options: FigureOptions = {},
): Promise<string> {
  const { condition, outcome, ritzValues, size, steps, remedy } = found;
  requireSome("hessianPlot", ritzValues.length, "Ritz values");
  const points = Array.from(ritzValues, (y, i) => ({ x: i + 1, y }));
  const negative = points.filter(({ y }) => y < 0).map(({ x, y }) => ({ x, y: -y }));
  const panel = {
    x: { label: "number", isInteger: true },
    y: { label: "|eigenvalue|", log: true },
    series: [
      { label: "positive", points: points.filter(({ y }) => !(y < 0)), isDots: true },
      ...(negative.length > 0 ? [{ label: "negative", points: negative, isDots: true }] : []),
    ],
  };
  return curvesFigure(`Spectrum of the Hessian, ${size} × ${size}`, [panel], options, [
    `Condition ${shownNumber(condition)} (${outcome}), from ${steps} products.${remedy ? ` To do: ${remedy}.` : ""}`,
  ]);
}
