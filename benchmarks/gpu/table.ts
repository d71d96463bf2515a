import type { Timing } from "../report/table.js";
import { isGpuMode } from "./modes.js";
import type { MeasuredWork, Timed } from "./plan.js";

/**
 * One line for each contender: median, best and first time, how many times as fast as each that is no GPU (its median over this one's), GFLOP/s at the best
 * time where the work is counted, what one run asks of the device, and how far its results are from those of float64 on the CPU.
 */
export function gpuTable(title: string, { contenders }: MeasuredWork, mflop: number): string {
  const all = Object.entries(contenders);
  const timed = all.flatMap(([mode, found]) => ("refused" in found ? [] : [{ mode, found, timing: timingOf(found) }]));
  const bases = timed.filter(({ mode }) => !isGpuMode(mode));
  const heads = [
    "median ms",
    "best ms",
    "first ms",
    ...bases.map(({ mode }) => `× ${mode}`),
    "GFLOP/s",
    "launches",
    "up",
    "reads",
    "kernels",
  ];
  const lines = timed.map(({ mode, found: { first, difference, activity }, timing: { median, best } }) =>
    row(
      mode,
      [
        median.toFixed(3),
        best.toFixed(3),
        first.toFixed(0),
        ...bases.map(({ timing }) => (timing.median / median).toFixed(2)),
        mflop > 0 ? (mflop / best).toFixed(1) : "",
        ...(activity ? [activity.launches, activity.uploads, activity.reads, activity.kernels].map(String) : ["", "", "", ""]),
      ],
      difference.toExponential(1),
    ),
  );
  const refusals = all.flatMap(([mode, found]) => ("refused" in found ? [`  ${mode.padEnd(10)} NOT TIMED: ${found.refused}`] : []));
  return [`\n${title}`, row("", heads, "difference"), ...lines, ...refusals].join("\n");
}

/** Median and best of single runs, in milliseconds. */
export function timingOf({ times }: Timed): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1]!, best: sorted[0]! };
}

function row(mode: string, cells: readonly string[], last: string): string {
  return `  ${mode.padEnd(10)} ${cells.map((cell) => cell.padStart(10)).join(" ")} ${last.padStart(11)}`;
}
