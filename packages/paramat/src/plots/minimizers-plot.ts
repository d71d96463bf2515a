import type { IterationRow } from "@paramat/optim";
import { type Curves, curvesFigure, requireSome, type Series } from "./curves-figure.js";
import type { FigureOptions } from "./figure.js";
import { shownNumber } from "./shown-number.js";

/** What is drawn of a minimizer's outcome. */
export interface MinimizerRun {
  readonly method: string;
  readonly history: readonly IterationRow[];
}

export interface MinimizersPlotOptions extends FigureOptions {
  /** What a method costs: its iterations, or runs of the function for value, gradient or a product with the Hessian. Default `iterations`. */
  readonly against?: "iterations" | "evaluations";
  /** The value at the optimum. Default the least value of all runs. */
  readonly best?: number;
}

/**
 * How far minimizers are from the best value, and the norm of the gradient, against iterations or evaluations, logarithmic: several outcomes in one picture.
 * @param runs outcomes; two of the same method are numbered
 * @throws RangeError for no outcomes, or none with a row of history
 */
export function minimizersPlot(runs: readonly MinimizerRun[], options: MinimizersPlotOptions = {}): Promise<string> {
  requireSome("minimizersPlot", runs.length, "outcomes");
  requireSome("minimizersPlot", Math.max(...runs.map(({ history }) => history.length)), "rows of history");
  const { against = "iterations" } = options;
  const values = runs.flatMap(({ history }) => history.map(({ value }) => value)).filter(Number.isFinite);
  const best = options.best ?? values.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const labels = numbered(runs.map(({ method }) => method));
  const x = { label: against === "iterations" ? "iteration" : "evaluations", isInteger: true };
  const at = (row: IterationRow) => (against === "iterations" ? row.iteration : evaluationsOf(row));
  const seriesOf = (read: (row: IterationRow) => number): readonly Series[] =>
    runs.map(({ history }, i) => ({ label: labels[i] as string, points: history.map((row) => ({ x: at(row), y: read(row) })) }));
  // The row with the best value itself has no place on the axis; it is left away and not called a gap.
  const gaps = seriesOf((row) => row.value - best).map((s) => ({ ...s, points: s.points.filter(({ y }) => y !== 0) }));
  const panels: readonly Curves[] = [
    { x, y: { label: "value − best", log: true }, series: gaps, height: 260 },
    { x, y: { label: "‖gradient‖", log: true }, series: seriesOf((row) => row.gradientNorm), height: 260 },
  ];
  const counted = against === "evaluations" ? ["Evaluations: runs for value or gradient, and products with the Hessian."] : [];
  return curvesFigure("Minimizers compared", panels, options, [`Best value: ${shownNumber(best, 6)}.`, ...counted]);
}

/** A run for value and gradient counts in both, so the larger of the two is how many runs there were at least. */
function evaluationsOf({ evaluations: { value, gradient, hessianVector } }: IterationRow): number {
  return Math.max(value, gradient) + hessianVector;
}

function numbered(names: readonly string[]): readonly string[] {
  return names.map((name, i) => {
    const before = names.slice(0, i).filter((other) => other === name).length;
    return before === 0 ? name : `${name} (${before + 1})`;
  });
}
