import type { LectureRow } from "./lecture-table.js";

const HEAD = ["K(θ)", "parameters", "train", "test", "cond Z", "rank Z", "time"] as const;
const WIDTHS = [22, 10, 8, 8, 9, 7, 8] as const;

/** The head of the table, to be followed by one `lectureLine` for each model. */
export function lectureHead(): string {
  return `${line(HEAD)}\n${"─".repeat(WIDTHS.reduce((a, b) => a + b + 1, -1))}`;
}

export function lectureLine(row: LectureRow): string {
  const percent = (x: number) => `${(100 * x).toFixed(1)} %`;
  return line([
    row.name,
    row.thetaParams.toLocaleString("en"),
    percent(row.trainAccuracy),
    percent(row.testAccuracy),
    row.condition.toExponential(1),
    String(row.rank),
    `${row.seconds.toFixed(1)} s`,
  ]);
}

function line(cells: readonly string[]): string {
  return cells.map((cell, i) => (i === 0 ? cell.padEnd(WIDTHS[0]) : cell.padStart(WIDTHS[i] as number))).join(" ");
}
