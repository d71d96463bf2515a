import type { Timing } from "../report/table.js";
import { isGpuMode } from "./modes.js";
import type { MeasuredWork, Timed } from "./plan.js";

/** One line for each contender, with the columns that `legend` explains. */
export function gpuTable(title: string, { contenders }: MeasuredWork, mflop: number): string {
  const all = Object.entries(contenders);
  const timed = all.flatMap(([mode, found]) => ("refused" in found ? [] : [{ mode, found, timing: timingOf(found) }]));
  const bases = timed.filter(({ mode }) => !isGpuMode(mode));
  const heads = [
    "median ms",
    "best ms",
    "first ms",
    ...bases.map(({ mode }) => `× ${mode}`),
    ...["GFLOP/s", "launches", "uploads", "reads", "kernels", "MiB", "differs"],
  ];
  const lines = timed.map(({ mode, found: { first, difference, activity }, timing: { median, best } }) =>
    row(mode, [
      median.toFixed(3),
      best.toFixed(3),
      first.toFixed(0),
      ...bases.map(({ timing }) => digits(timing.median / median)),
      mflop > 0 ? digits(mflop / best) : "",
      ...(activity ? [activity.launches, activity.uploads, activity.reads, activity.kernels].map(String) : ["", "", "", ""]),
      activity ? (activity.bytes / 2 ** 20).toFixed(1) : "",
      difference.toExponential(1),
    ]),
  );
  const refusals = all.flatMap(([mode, found]) => ("refused" in found ? [`  ${mode.padEnd(10)} NOT TIMED: ${found.refused}`] : []));
  return [`\n${title}`, row("", heads), ...lines, ...refusals].join("\n");
}

/** What the columns say. */
export const legend = `median, best: of runs that end when one number of the result has been read. first: the first run, which records the work and compiles its kernels.
× cpu, × wasm: how many times as fast as that one, by medians. launches, uploads, reads: of one run. kernels: compiled for the work. MiB: on the device.
differs: from the results of float64 on the CPU, relative to their norm.`;

/** Median and best of single runs, in milliseconds. */
export function timingOf({ times }: Timed): Timing {
  const sorted = [...times].sort((a, b) => a - b);
  return { median: sorted[sorted.length >> 1]!, best: sorted[0]! };
}

function row(mode: string, cells: readonly string[]): string {
  return `  ${mode.padEnd(10)} ${cells.map((cell) => cell.padStart(11)).join("")}`;
}

/** Three that count, or all before the point. */
function digits(x: number): string {
  return x >= 100 ? x.toFixed(0) : x.toPrecision(3);
}
