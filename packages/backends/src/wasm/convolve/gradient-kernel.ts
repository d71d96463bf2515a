import { isFused } from "../contract/tile.js";
import type { WasmFunction, WasmModule } from "../encoder/index.js";
import { microKernel } from "../micro-kernel.js";
import type { Numbers } from "../numbers.js";
import type { GradientPlan } from "./gradient-plan.js";
import { laneKernel } from "./lane-kernel.js";
import type { Loop } from "./loops.js";
import { madeOnce } from "./made-once.js";

/** A tile of `rows` rows and `vectors` vectors of columns; the run of pixels has steps in left and right. */
export interface GradientTile {
  readonly run: Loop;
  readonly rows: number;
  readonly vectors: number;
}

/** Functions that add the products of a run of pixels to a tile of sums: parameters as of `microKernel`. */
export type GradientKernels = (tile: GradientTile) => WasmFunction;

export function gradientKernels(module: WasmModule, numbers: Numbers, plan: GradientPlan): GradientKernels {
  return madeOnce((tile) => gradientKernel(module, numbers, plan, tile));
}

/** How many vectors of columns a tile has, and how many rows at most, so that it fits the vector registers. */
export function gradientTile(
  numbers: Numbers,
  { kind, rows, columns, spread }: GradientPlan,
): { readonly vectors: number; readonly rows: (vectors: number) => number } {
  const vectors = Math.ceil(columns / numbers.lanes);
  switch (kind) {
    case "outer":
      return { vectors: Math.min(2, vectors), rows: (v) => (isFused(numbers) ? [8, 6] : [6, 4])[v - 1]! };
    case "turned":
      return { vectors: Math.min(rows.count === 1 ? 6 : 4, vectors), rows: () => 2 };
    case "lanes":
      return { vectors: Math.min(spread === 3 ? 3 : 2, vectors), rows: (v) => [8, 4, 3][v - 1]! };
    case "dot":
      return { vectors: 1, rows: () => 8 };
  }
}

function gradientKernel(
  module: WasmModule,
  numbers: Numbers,
  { kind, rows: row, spread }: GradientPlan,
  { run, rows, vectors }: GradientTile,
): WasmFunction {
  const { lanes } = numbers;
  const [aStep, bStep] = run.steps as [number, number];
  const [aRow, cRow] = [row.steps[0]!, row.steps[2]!];
  const begin = "load" as const;
  if (kind === "lanes") {
    const columns = { columns: vectors, aColumn: 16, bColumn: 16, cColumn: 16 };
    return laneKernel(module, numbers, { rows, ...columns, spread, aRow, aStep, bStep, cRow, run: run.count, begin, finish: "vectors" });
  }
  if (kind === "dot") {
    const columns = { columns: 1, aColumn: 0, bColumn: 0, cColumn: 0 };
    const vectorRun = { aStep: 16, bStep: 16, run: Math.ceil(run.count / lanes), tailLanes: ((run.count - 1) % lanes) + 1 };
    return laneKernel(module, numbers, { rows, ...columns, ...vectorRun, aRow, cRow, begin, finish: "sum" });
  }
  const loop = isFused(numbers) ? { unroll: 4, fenceEvery: 1 } : { unroll: 8 };
  return microKernel(module, numbers, { rows, vectors, aRow, aStep, bStep, cRow, run: run.count, begin, ...loop });
}
