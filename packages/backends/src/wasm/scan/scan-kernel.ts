import { i32, wasmModule } from "../encoder/index.js";
import type { Kernel } from "../kernel.js";
import type { LoopAxis } from "../map/loop-nest.js";
import { planUnits, unitLoop } from "../map/unit-loop.js";
import type { Numbers } from "../numbers.js";
import { type ScanBlocks, scanAcross } from "./scan-across.js";
import { scanAlong } from "./scan-along.js";

/** Entries of one unit of work, about. */
const unitEntries = 4096;

/** Vectors of columns that are summed side by side. */
const mostVectors = 8;

/** The kernel of a cumulative sum: lanes lie across columns where there are any, else along the sum. */
export function scanKernel(numbers: Numbers, outer: number, size: number, inner: number, reverse: boolean): Kernel {
  const { lanes, bytes } = numbers;
  const row = inner * bytes;
  const both = (stride: number): readonly number[] => [stride, stride];
  const direction = reverse ? -1 : 1;
  const outerAxis: LoopAxis = { size: outer, step: 1, strides: both(size * row) };
  const vectors = Math.ceil(inner / lanes);
  const columnStep = Math.min(inner, Math.ceil(vectors / Math.ceil(vectors / mostVectors)) * lanes);
  const across: readonly LoopAxis[] = [
    { size: inner, step: columnStep, strides: both(columnStep * bytes) },
    { size, step: 1, strides: both(direction * row) },
  ];
  const along: LoopAxis = { size, step: Math.min(size, lanes), strides: both(direction * lanes * bytes) };
  const axes = inner > 1 ? [outerAxis, ...across] : [outerAxis, along];
  const units = planUnits(axes.slice(0, -1), size, unitEntries);
  const module = wasmModule();
  module.entry("scan", 7, (params, scope) => {
    const pointers = [scope.local("i32"), scope.local("i32")] as const;
    const blocks: ScanBlocks = inner > 1 ? scanAcross(numbers, scope, pointers, columnStep) : scanAlong(numbers, scope, pointers, reverse);
    const starts = params.slice(0, 2).map((param) => i32.add(param, reverse ? (size - 1) * row : 0));
    return unitLoop({ scope, axes, pointers, ...blocks }, units, starts, params.at(-2)!, params.at(-1)!);
  });
  const cost = Math.ceil((4 * outer * size * inner) / lanes / units.units);
  return { module, phases: [{ entry: "scan", units: units.units, cost }], sharedBytes: 0, ownBytes: 0 };
}
