import { type Code, i32, type Local, type WasmFunction, type WasmModule } from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import { type Loop, mergedLoops, nest } from "./loops.js";
import { tapSchedule } from "./tap-schedule.js";
import { mostRows, type TileKernels } from "./tile-kernel.js";
import { tileRuns } from "./tiles.js";
import { type Channels, type Panel, packedWeights } from "./weights.js";

/** out[q, n] = Σ_t Σ_m w[t, m, n] · in[q, t, m], in each group; every address is a sum of loops' steps. */
export interface Correlation {
  readonly channels: Channels;
  /** Where results lie: steps in the input and in the output. */
  readonly positions: readonly Loop[];
  /** Axes of the kernel, then the channels of a tap: steps in the input. */
  readonly taps: readonly Loop[];
}

/** A function of the addresses (in, packed weights, out) that computes a correlation. */
export function correlation(
  module: WasmModule,
  numbers: Numbers,
  kernels: TileKernels,
  { channels, positions, taps }: Correlation,
): WasmFunction {
  const { bytes } = numbers;
  const { kind, groups, inChannels, outChannels, panels } = channels;
  const { run, segments, calls } = tapSchedule(taps, bytes);
  const packed = packedWeights(numbers, channels, run.count, run.count * segments.count * calls.length);
  const { around, tile } = tileLoop(positions);
  const adds = calls.length > 1;
  const tiling = { channels, packed, run, row: tile.steps, adds };
  const [panelOut, panelIn] = [16 * panels[0]!.vectors, kind === "lanes" ? 16 * panels[0]!.vectors : 0];

  return module.func(["i32", "i32", "i32"], [], (params, scope) => {
    const [x, w, z] = params as [Local, Local, Local];
    const panelCode = (panel: Panel, before: number): Code =>
      tileRuns(tile.count, mostRows(numbers, channels, panel)).flatMap(({ rows, count, first }) => {
        const kernel = kernels(tiling, panel, rows);
        const [inFirst, outFirst] = [first * tile.steps[0]! + before * panelIn, first * tile.steps[1]! + before * panelOut];
        const code = calls.flatMap((offset, i) => {
          const input = [plus(x, inFirst + offset), segments.steps[0]!] as const;
          const weights = [plus(w, before * packed.panel + i * segments.count * packed.segment), packed.segment] as const;
          const [a, b] = kind === "pixels" ? [weights, input] : [input, weights];
          return kernel(a[0], b[0], plus(z, outFirst), a[1], b[1], segments.count, ...(adds ? [i === 0 ? 1 : 0] : []));
        });
        return nest(scope, [{ count, steps: tile.steps.map((step) => rows * step) }], [x, z], code);
      });
    const allPanels = panels.flatMap((panel, i) => {
      const before = i === 0 ? 0 : panels[0]!.count;
      return nest(scope, [{ count: panel.count, steps: [panelIn, packed.panel, panelOut] }], [x, w, z], panelCode(panel, before));
    });
    const group = { count: groups, steps: [inChannels * bytes, packed.group, outChannels * bytes] };
    return nest(scope, around, [x, z], nest(scope, [group], [x, w, z], allPanels));
  });
}

/** The loop that tiles are cut from, and those around it: the last where it is long enough, else the longest. */
function tileLoop(positions: readonly Loop[]): { readonly around: readonly Loop[]; readonly tile: Loop } {
  const loops = mergedLoops(positions);
  const longest = Math.max(...loops.map(({ count }) => count));
  const last = loops.at(-1) ?? { count: 1, steps: [0, 0] };
  const tile = last.count >= 4 ? last : (loops.find(({ count }) => count === longest) ?? last);
  return { around: loops.filter((loop) => loop !== tile), tile };
}

function plus(address: Local, offset: number): Local | Code {
  return offset === 0 ? address : i32.add(address, offset);
}
