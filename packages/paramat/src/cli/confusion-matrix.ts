/** counts[i][j]: examples of class i that were taken for class j. */
export function confusionMatrix(labels: ArrayLike<number>, predicted: ArrayLike<number>, classes: number): number[][] {
  const counts = Array.from({ length: classes }, () => new Array<number>(classes).fill(0));
  for (let e = 0; e < labels.length; e++) {
    const row = counts[labels[e] as number] as number[];
    row[predicted[e] as number] = (row[predicted[e] as number] as number) + 1;
  }
  return counts;
}

/** A table: a row for each true class, a column for each class it was taken for, and the share of the row that is right. */
export function printConfusion(counts: readonly (readonly number[])[], classes: readonly string[]): string {
  const label = Math.max(4, ...classes.map((c) => c.length));
  const width = Math.max(3, ...counts.flat().map((n) => String(n).length)) + 1;
  const short = classes.map((c) => c.slice(0, width - 1));
  const lines = counts.map((row, i) => {
    const total = row.reduce((a, b) => a + b, 0);
    const share = total === 0 ? "" : `${((100 * (row[i] as number)) / total).toFixed(1)} %`;
    return `${(classes[i] as string).padStart(label)} │${row.map((n) => (n === 0 ? "·" : String(n)).padStart(width)).join("")} │ ${share.padStart(7)}`;
  });
  return [
    `${"true".padStart(label)} │${short.map((c) => c.padStart(width)).join("")} │   right`,
    `${"─".repeat(label)}─┼${"─".repeat(width * classes.length)}─┼────────`,
    ...lines,
  ].join("\n");
}
