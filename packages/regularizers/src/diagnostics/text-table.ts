/** Columns set to the right, a line for each row under the head. */
export function textTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...lines.map((row) => row[column]?.length ?? 0)));
  return lines.map((row) => row.map((cell, column) => cell.padStart(widths[column] as number)).join("  ")).join("\n");
}

/** Three digits after the first, as tables need them. */
export function shown(x: number): string {
  if (Number.isNaN(x)) return "–";
  return Number.isFinite(x) ? x.toExponential(3) : x > 0 ? "∞" : "−∞";
}
