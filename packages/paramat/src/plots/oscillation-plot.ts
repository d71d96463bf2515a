import type { Oscillation } from "@paramat/regularizers";
import { curvesFigure, requireSome } from "./curves-figure.js";
import type { FigureOptions } from "./figure.js";
import { shownNumber } from "./shown-number.js";

/**
 * The frequency of each row of weights, in periods for each unit of length, and that of all together as a line across.
 * @throws RangeError for no rows
 */
export function oscillationPlot(
  { rows, frequency }: Pick<Oscillation, "rows" | "frequency">,
  options: FigureOptions = {},
): Promise<string> {
  requireSome("oscillationPlot", rows.length, "rows");
  const paths = [...new Set(rows.map(({ path }) => path))];
  const series = paths.map((path) => ({
    label: path || "the root",
    points: rows.filter((row) => row.path === path).map((row) => ({ x: row.row, y: row.frequency })),
    hasStems: true,
  }));
  const panel = {
    x: { label: "row", isInteger: true },
    y: { label: "frequency (periods for each unit of length)", includes: [0] },
    series,
    rules: [{ axis: "y" as const, at: frequency, text: `all: ${shownNumber(frequency)}` }],
  };
  return curvesFigure("Oscillation of the weights", [panel], options);
}
