import type { ProfileRow } from "./profile-rows.js";

/** Rows in columns, and the sum in the last line. */
export function profileTable({
  rows,
  ms,
  runs,
}: {
  readonly rows: readonly ProfileRow[];
  readonly ms: number;
  readonly runs: number;
}): string {
  const cells = rows.map((row) => [
    `%${row.id}`,
    row.ms.toFixed(3),
    `${(100 * row.share).toFixed(1)} %`,
    row.gflops.toFixed(2),
    row.gigabytes.toFixed(2),
    row.details,
  ]);
  const all = [["node", "ms", "share", "GFLOP/s", "GB/s", "kernel"], ...cells];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...all.map((row) => row[column]!.length)));
  const lines = all.map((row) => row.map((cell, column) => (column < 5 ? cell.padStart(widths[column]!) : cell)).join("  "));
  return [...lines, `${ms.toFixed(3)} ms a run, medians of ${runs}`].join("\n");
}
