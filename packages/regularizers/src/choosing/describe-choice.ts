import { shown, textTable } from "../diagnostics/text-table.js";
import type { ChoiceRow, LambdaChoice } from "./choice.js";

/** A choice with its table: some twelve rows of the curve, and the one chosen, marked. */
export function describeChoice(choice: Omit<LambdaChoice, "toString">): LambdaChoice {
  return { ...choice, toString: () => print(choice) };
}

function print({ method, criterionName, lambda, outcome, reason, curve, chosen }: Omit<LambdaChoice, "toString">): string {
  const every = Math.max(1, Math.ceil((curve.length - 1) / 11));
  const rows = curve.filter((row, k) => row.lambda !== chosen.lambda && (k % every === 0 || k === curve.length - 1));
  const all = [...rows, chosen].sort((a, b) => a.lambda - b.lambda);
  const cells = (row: ChoiceRow) => [
    row === chosen ? "→" : "",
    ...[row.lambda, row.residualNorm, row.solutionNorm, row.criterion].map(shown),
  ];
  return [
    `${method}: λ = ${shown(lambda)}, ${outcome}: ${reason}`,
    textTable(["", "λ", "‖Ax − b‖", "‖Lx‖", criterionName], all.map(cells)),
  ].join("\n");
}
