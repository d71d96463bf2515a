import { isFused } from "../contract/tile.js";
import type { WasmFunction, WasmModule } from "../encoder/index.js";
import { microKernel } from "../micro-kernel.js";
import type { Numbers } from "../numbers.js";
import type { Channels, Panel } from "./channels.js";
import { laneKernel } from "./lane-kernel.js";
import type { Loop } from "./loops.js";
import { madeOnce } from "./made-once.js";
import type { PackedWeights } from "./pack-weights.js";

/** What the tiles of one convolution have in common. */
export interface Tiling {
  readonly channels: Channels;
  readonly packed: PackedWeights;
  readonly run: Loop;
  /** From a row of the tile to the next: steps in the input and in the output. */
  readonly row: readonly number[];
  /** Whether a tile is made by several calls, of which all but the first add. */
  readonly adds: boolean;
}

/** One tile size of a tiling. */
export interface TilePlan extends Tiling {
  readonly panel: Panel;
  readonly rows: number;
}

/**
 * A tile of `rows` pixels and the columns of a panel: a function of (in, weights, out, from segment to segment in `in` and in `weights`, segments[, begin]);
 * for `pixels` the weights come first.
 */
export type TileKernels = (plan: TilePlan) => WasmFunction;

export function tileKernels(module: WasmModule, numbers: Numbers): TileKernels {
  return madeOnce((plan) => tileKernel(module, numbers, plan));
}

/** Rows of a tile that fit the vector registers beside a panel's columns. */
export function mostRows(numbers: Numbers, { kind, outChannels }: Channels, { vectors }: Panel): number {
  switch (kind) {
    case "pixels":
      return 8 * numbers.lanes;
    case "dot":
      return outChannels === 1 ? 8 : 4;
    case "lanes":
      return [8, 4, 3][vectors - 1]!;
    case "outer":
      return (isFused(numbers) ? [8, 6, 3, 3, 2, 2] : [6, 4, 3, 2, 1, 1])[vectors - 1]!;
  }
}

function tileKernel(module: WasmModule, numbers: Numbers, plan: TilePlan): WasmFunction {
  const { bytes, lanes } = numbers;
  const { channels, packed, run, row, adds, panel, rows } = plan;
  const [aRow, cRow] = [row[0]!, row[1]!];
  const begin = adds ? "given" : "zero";
  const [aStep, { vectors, lastLanes }] = [run.steps[0]!, panel];
  switch (channels.kind) {
    case "outer": {
      const bStep = packed.step;
      return microKernel(module, numbers, {
        rows,
        vectors,
        aRow,
        aStep,
        bStep,
        cRow,
        run: run.count,
        begin,
        lastLanes,
        ...(isFused(numbers) ? { unroll: 4, fenceEvery: 1 } : { unroll: 8 }),
      });
    }
    case "pixels": {
      const columns = { vectors: Math.ceil(rows / lanes), lastLanes: ((rows - 1) % lanes) + 1 };
      return microKernel(module, numbers, { rows: 1, ...columns, aRow: 0, aStep: bytes, bStep: aStep, cRow: 0, run: run.count, begin });
    }
    case "lanes": {
      const { spread = 1, gather = 1 } = channels;
      const columns = { columns: vectors, aColumn: 16, bColumn: 16, cColumn: 16, lastLanes };
      return laneKernel(module, numbers, {
        rows,
        ...columns,
        spread,
        gather,
        aRow,
        aStep,
        bStep: packed.step,
        cRow,
        run: run.count,
        begin,
        finish: gather > 1 ? "gather" : "vectors",
      });
    }
    case "dot": {
      const columns = { columns: channels.outChannels, aColumn: 0, bColumn: packed.panel / channels.outChannels, cColumn: bytes };
      const steps = { aRow, aStep: 16, bStep: 16, cRow, run: Math.ceil(run.count / lanes), tailLanes: ((run.count - 1) % lanes) + 1 };
      return laneKernel(module, numbers, { rows, ...columns, ...steps, begin, finish: "sum" });
    }
  }
}
