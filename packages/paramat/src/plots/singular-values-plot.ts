import type { NumericalRank } from "@paramat/regularizers";
import { curvesFigure, requireSome } from "./curves-figure.js";
import type { FigureOptions } from "./figure.js";
import { shownNumber } from "./shown-number.js";

/**
 * Singular values against their number, logarithmic, with the numerical rank and the size below which they count as 0.
 * @throws RangeError for no singular values
 */
export function singularValuesPlot(
  found: Pick<NumericalRank, "rank" | "singularValues" | "tolerance" | "condition" | "shape">,
  options: FigureOptions = {},
): Promise<string> {
  const { rank, singularValues, tolerance, condition, shape } = found;
  requireSome("singularValuesPlot", singularValues.length, "singular values");
  const zero = tolerance * (singularValues[0] as number);
  const panel = {
    x: { label: "i", isInteger: true },
    y: { label: "σ", log: true },
    series: [{ label: "σ", points: Array.from(singularValues, (y, i) => ({ x: i + 1, y })) }],
    rules: [
      ...(zero > 0 ? [{ axis: "y" as const, at: zero, text: "0 to rounding" }] : []),
      { axis: "x" as const, at: rank + 0.5, text: `rank ${rank} of ${singularValues.length}` },
    ],
  };
  return curvesFigure(`Singular values, ${shape.join(" × ")}`, [panel], options, [`Condition ${shownNumber(condition)}.`]);
}
