import {
  advance,
  branchIf,
  type Code,
  i32,
  type Local,
  loop,
  type Operand,
  type Scope,
  select,
  sequence,
  set,
  tee,
  type WasmFunction,
  type WasmModule,
} from "../encoder/index.js";
import type { Numbers } from "../numbers.js";
import type { Channels, KernelKind, Panel } from "./channels.js";
import { type Loop, mergedLoops, nest } from "./loops.js";
import { packedWeights } from "./pack-weights.js";
import { tapSchedule } from "./tap-schedule.js";
import { mostRows, type TileKernels } from "./tile-kernel.js";
import { tileRuns } from "./tiles.js";

/** out[q, n] = Σ_t Σ_m w[t, m, n] · in[q, t, m], in each group; every address is a sum of loops' steps. */
export interface Correlation {
  readonly channels: Channels;
  /** Where results lie: steps in the input and in the output. */
  readonly positions: readonly Loop[];
  /** Axes of the kernel, then the channels of a tap: steps in the input. */
  readonly taps: readonly Loop[];
  /** Where the input is known to be 0 outside some entries of an axis. */
  readonly border?: Border;
}

/** Along one axis of the positions, tap u of position q meets entry q − reach + u·spacing; outside 0 … entries − 1 there are zeros, which need no multiplying. */
export interface Border {
  /** The axis, both in `positions` and in `taps`. */
  readonly axis: number;
  readonly reach: number;
  readonly spacing: number;
  readonly entries: number;
}

/** A function of the addresses (in, packed weights, out) and of the first position along the border's axis that computes a correlation. */
export function correlation(module: WasmModule, numbers: Numbers, kernels: TileKernels, plan: Correlation): WasmFunction {
  const { channels, positions, taps } = plan;
  const { bytes } = numbers;
  const { kind, groups, inChannels, outChannels, panels, spread = 1, gather = 1 } = channels;
  const { run, segments, calls } = tapSchedule(taps, bytes);
  const packed = packedWeights(numbers, channels, run.count, run.count * segments.count * calls.length);
  const { around, tile } = tileLoop(positions, kind);
  const adds = calls.length > 1;
  const tiling = { channels, packed, run, row: tile.steps, adds };
  const width = 16 * panels[0]!.vectors;
  const [panelOut, panelIn] = kind === "lanes" ? [width / gather, width / spread] : [width, 0];
  const border = skippable(plan, around, run.count, segments.count);

  return module.func(["i32", "i32", "i32", "i32"], [], (params, scope) => {
    const [input, weights, z, first] = params as [Local, Local, Local, Local];
    const panelCode = (x: Local, w: Local, count: Operand, panel: Panel, before: number): Code =>
      tileRuns(tile.count, mostRows(numbers, channels, panel)).flatMap((tiles) => {
        const kernel = kernels({ ...tiling, panel, rows: tiles.rows });
        const [inFirst, outFirst] = [tiles.first * tile.steps[0]! + before * panelIn, tiles.first * tile.steps[1]! + before * panelOut];
        const code = calls.flatMap((offset, i) => {
          const fromInput = [plus(x, inFirst + offset), segments.steps[0]!] as const;
          const fromWeights = [plus(w, before * packed.panel + i * segments.count * packed.segment), packed.segment] as const;
          const [a, b] = kind === "pixels" ? [fromWeights, fromInput] : [fromInput, fromWeights];
          return kernel(a[0], b[0], plus(z, outFirst), a[1], b[1], count, ...(adds ? [i === 0 ? 1 : 0] : []));
        });
        return nest(scope, [{ count: tiles.count, steps: tile.steps.map((step) => tiles.rows * step) }], [x, z], code);
      });
    const row = (x: Local, w: Local, count: Operand): Code => {
      const allPanels = panels.flatMap((panel, i) => {
        const before = i === 0 ? 0 : panels[0]!.count;
        return nest(
          scope,
          [{ count: panel.count, steps: [panelIn, packed.panel, panelOut] }],
          [x, w, z],
          panelCode(x, w, count, panel, before),
        );
      });
      return nest(scope, [{ count: groups, steps: [inChannels * bytes, packed.group, outChannels * bytes] }], [x, w, z], allPanels);
    };
    if (!border) return nest(scope, around, [input, z], row(input, weights, segments.count));
    const others = around.filter((loop) => loop !== border.loop);
    const rows = borderRows(scope, border, segments.count, first, [input, weights, z], [segments.steps[0]!, packed.segment], row);
    return nest(scope, others, [input, z], rows);
  });
}

/** The border and the loop around the tiles that moves along it, where the segments of the inner kernel are its taps. */
function skippable({ border, positions, taps }: Correlation, around: readonly Loop[], run: number, segments: number) {
  if (!border || segments === 1 || taps[border.axis]!.count !== segments) return undefined;
  if (taps.slice(border.axis + 1).reduce((total, { count }) => total * count, 1) !== run) return undefined;
  const { count, steps } = positions[border.axis]!;
  const loop = around.find((other) => other.count === count && other.steps.every((step, i) => step === steps[i]));
  return loop && { ...border, loop };
}

/** Rows one after another, each with those segments alone that meet entries, or with one that meets zeros where none does. */
function borderRows(
  { local }: Pick<Scope, "local">,
  { loop: { count, steps }, reach, spacing, entries }: Border & { readonly loop: Loop },
  segments: number,
  first: Local,
  [input, weights, z]: readonly [Local, Local, Local],
  [inSegment, weightSegment]: readonly [number, number],
  row: (x: Local, w: Local, count: Operand) => Code,
): Code {
  const [q, left, low, high, x, w] = [0, 0, 0, 0, 0, 0].map(() => local("i32")) as [Local, Local, Local, Local, Local, Local];
  const clamp = (value: Local, from: Operand, to: Operand): Code =>
    sequence(set(value, select("i32", i32.gtS(value, from), value, from)), set(value, select("i32", i32.ltS(value, to), value, to)));
  return sequence(
    set(q, first),
    set(left, count),
    loop(
      sequence(
        // ⌈(reach − q)/spacing⌉, and ⌊(entries − 1 + reach − q)/spacing⌋ + 1; where rounding towards 0 differs the bounds hold anyway.
        set(low, i32.divS(i32.sub(reach + spacing - 1, q), spacing)),
        clamp(low, 0, segments - 1),
        set(high, i32.add(i32.divS(i32.sub(entries - 1 + reach, q), spacing), 1)),
        clamp(high, i32.add(low, 1), segments),
        set(x, i32.add(input, i32.mul(low, inSegment))),
        set(w, i32.add(weights, i32.mul(low, weightSegment))),
        set(high, i32.sub(high, low)),
        row(x, w, high),
        advance(q, 1),
        advance(input, steps[0]!),
        advance(z, steps[1]!),
        branchIf(0, tee(left, i32.sub(left, 1))),
      ),
    ),
    advance(input, -count * steps[0]!),
    advance(z, -count * steps[1]!),
  );
}

/** The loop that tiles are cut from, and those around it: the last where it is long enough or vectors lie along it, else the longest. */
function tileLoop(positions: readonly Loop[], kind: KernelKind): { readonly around: readonly Loop[]; readonly tile: Loop } {
  const loops = mergedLoops(positions);
  const longest = Math.max(...loops.map(({ count }) => count));
  const last = loops.at(-1) ?? { count: 1, steps: [0, 0] };
  const tile = last.count >= 4 || kind === "pixels" ? last : (loops.find(({ count }) => count === longest) ?? last);
  return { around: loops.filter((loop) => loop !== tile), tile };
}

function plus(address: Local, offset: number): Local | Code {
  return offset === 0 ? address : i32.add(address, offset);
}
