import type { ChoiceRow } from "./choice.js";
import { goldenSection } from "./golden-section.js";

/**
 * The row of the least cost between the neighbours of a row of the curve, by golden section in log λ; that row itself where nothing less is found.
 * @param at place on the curve of a row whose cost is not above its neighbours', neither the first nor the last
 */
export function refinedRow(
  curve: readonly ChoiceRow[],
  at: number,
  rowAt: (lambda: number) => ChoiceRow,
  cost: (row: ChoiceRow) => number = ({ criterion }) => criterion,
): ChoiceRow {
  const [left, row, right] = curve.slice(at - 1, at + 2) as [ChoiceRow, ChoiceRow, ChoiceRow];
  const least = goldenSection((t) => cost(rowAt(Math.exp(t))), Math.log(left.lambda), Math.log(right.lambda));
  const refined = rowAt(Math.exp(least));
  return cost(refined) <= cost(row) ? refined : row;
}
