import type { Confusion } from "./confusion.js";

/** A table: a row for each true class, a column for each class it was taken for, one for "none" if that occurs, then recall, precision and F1. */
export function printConfusion(
  { counts, undecided, classes }: Pick<Confusion, "counts" | "undecided" | "classes">,
  labels: readonly string[],
): string {
  const withNone = undecided.some((n) => n > 0);
  const rows = counts.map((row, i) => (withNone ? [...row, undecided[i]!] : row));
  const label = Math.max(4, ...labels.map((c) => c.length));
  const width = Math.max(withNone ? 4 : 3, ...rows.flat().map((n) => String(n).length)) + 1;
  const heads = [...labels.map((c) => c.slice(0, width - 1)), ...(withNone ? ["none"] : [])];
  const lines = rows.map((row, i) => {
    const { recall, precision, f1 } = classes[i]!;
    const cells = row.map((n) => (n === 0 ? "·" : String(n)).padStart(width)).join("");
    return `${labels[i]!.padStart(label)} │${cells} │${[recall, precision, f1].map((x) => percent(x).padStart(11)).join("")}`;
  });
  return [
    `${"true".padStart(label)} │${heads.map((c) => c.padStart(width)).join("")} │     recall  precision         F1`,
    `${"─".repeat(label)}─┼${"─".repeat(width * heads.length)}─┼${"─".repeat(33)}`,
    ...lines,
  ].join("\n");
}

function percent(share: number): string {
  return Number.isNaN(share) ? "" : `${(100 * share).toFixed(1)} %`;
}
