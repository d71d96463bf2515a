import { expect, test } from "vitest";
import type { Timed } from "./plan.js";
import { gpuTable, timingOf } from "./table.js";

const activity = { launches: 57, uploads: 2, reads: 1, kernels: 60, bytes: 3 * 2 ** 20 };
const timed = (times: readonly number[], counts: Timed["activity"] = null): Timed => ({
  times,
  first: 120,
  difference: 1.5e-7,
  activity: counts,
});

test("ratios are medians of what is no GPU over the contender's: more than 1 is faster", () => {
  const contenders = { cpu: timed([30, 20, 100]), "wasm-1t": timed([10]), webgl2: timed([5, 4, 6], activity) };
  const lines = gpuTable("W6: a step", { work: "W6", contenders }, 1000).split("\n");
  expect(lines.map((line) => line.trim().split(/ {2,}/))).toEqual([
    [""],
    ["W6: a step"],
    [
      ...["median ms", "best ms", "first ms", "× cpu", "× wasm-1t"],
      ...["GFLOP/s", "launches", "uploads", "reads", "kernels", "MiB", "differs"],
    ],
    ["cpu", "30.000", "20.000", "120", "1.00", "0.333", "50.0", "1.5e-7"],
    ["wasm-1t", "10.000", "10.000", "120", "3.00", "1.00", "100", "1.5e-7"],
    ["webgl2", "5.000", "4.000", "120", "6.00", "2.00", "250", "57", "2", "1", "60", "3.0", "1.5e-7"],
  ]);
});

test("columns stand below one another", () => {
  const contenders = { cpu: timed([30]), webgpu: timed([5], activity) };
  const [, , ...lines] = gpuTable("W8", { work: "W8", contenders }, 0).split("\n");
  expect(new Set(lines.map(({ length }) => length)).size).toBe(1);
});

test("what was not timed says why, and is no base of ratios", () => {
  const contenders = { cpu: { refused: "its results differ" }, webgpu: timed([5], activity) };
  const table = gpuTable("W1", { work: "W1", contenders }, 0);
  expect(table).toContain("cpu        NOT TIMED: its results differ");
  expect(table).not.toContain("× cpu");
});

test("the median is the middle of the sorted times", () => {
  expect(timingOf(timed([100, 9, 20]))).toEqual({ median: 20, best: 9 });
});
