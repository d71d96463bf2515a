import type { WindowGeometry } from "../../backend.js";
import { rowMajorStrides } from "../../cpu/offsets.js";
import { turns } from "../block-loops.js";
import { advance, type Code, forRange, i32, type Local, type Operand, select, sequence, set, wasmModule } from "../encoder/index.js";
import type { Kernel } from "../kernel.js";
import type { MathContext } from "../math/math-context.js";
import type { Numbers } from "../numbers.js";
import { numPhaseParameters, phaseParameters } from "../phase-parameters.js";
import { unitRuns } from "../unit-runs.js";
import { type WindowAxis, windowAxes } from "./window-axis.js";
import { type CellValues, windowMaximum } from "./window-maximum.js";

/** The formula whose maximum is sought, and where its arguments lie: strides along [examples, ...grid, channels]. */
export interface WindowSource extends Pick<CellValues, "value" | "cost"> {
  readonly strides: readonly (readonly number[])[];
}

/** Positions of the windows' first maxima, several channels at a time. A unit is an example's windows at one place of the grid's first axis. */
export function argmaxKernel(numbers: Numbers, geometry: WindowGeometry, source: WindowSource): Kernel {
  const module = wasmModule();
  const axes = windowAxes(geometry);
  const { channels, examples } = geometry;
  const plan = { numbers, axes, channels, source: sourceOf(source, geometry), position: positionStrides(axes, channels) };
  const perUnit = axes.slice(1).reduce((product, { windows }) => product * windows, channels);
  module.entry("argmax", source.strides.length + numPhaseParameters, (params, scope) => {
    const { operands, out, from, to } = phaseParameters(params);
    const context = { module, scope, numbers };
    return sequence(
      set(out, i32.add(out, i32.mul(from, 4 * perUnit))),
      unitRuns(scope, from, to, axes[0]!.windows, (example, first, end) => {
        const start = operands.map((operand, k) => i32.add(operand, i32.mul(example, plan.source.exampleStrides[k]! * numbers.bytes)));
        const position = i32.mul(example, axes[0]!.size * plan.position[0]!);
        const places = { pointers: start, position, counts: [], whole: null };
        return windowLoops(context, plan, places, out, first, end);
      }),
    );
  });
  const numCells = axes.reduce((product, { window }) => product * window, 1);
  const cost = (perUnit * numCells * (6 + source.cost)) / numbers.lanes;
  return { module, phases: [{ entry: "argmax", units: examples * axes[0]!.windows, cost }], sharedBytes: 0, ownBytes: 0 };
}

interface Plan {
  readonly numbers: Numbers;
  readonly axes: readonly WindowAxis[];
  readonly channels: number;
  readonly source: CellValues & { readonly exampleStrides: readonly number[] };
  readonly position: readonly number[];
}

/** The corner of what is left of the windows: addresses and position after the axes that are fixed. */
interface Corner {
  readonly pointers: readonly Code[];
  readonly position: Code;
  readonly counts: readonly Operand[];
  readonly whole: Local | null;
}

/** The loops over windows along axis `counts.length` and those after it; the first axis runs from `first` to `end` − 1. */
function windowLoops(context: MathContext, plan: Plan, corner: Corner, out: Local, first?: Local, end?: Local): Code {
  const { scope } = context;
  const a = corner.counts.length;
  const axis = plan.axes[a];
  const [pointers, position] = [corner.pointers.map(() => scope.local("i32")), scope.local("i32")];
  const fixed = sequence(...corner.pointers.map((code, k) => set(pointers[k]!, code)), set(position, corner.position));
  if (axis === undefined) return sequence(fixed, channelLoop(context, plan, { ...corner, pointers, position }, out));
  const [i, start] = [scope.local("i32"), scope.local("i32")];
  const clip = axis.clipped ? clipped(context, axis, i, start, corner.whole) : null;
  const next: Corner = {
    pointers: pointers.map((pointer, k) => i32.add(pointer, i32.mul(start, plan.source.strides[k]![a]! * plan.numbers.bytes))),
    position: i32.add(position, i32.mul(start, plan.position[a]!)),
    counts: [...corner.counts, clip ? clip.count : axis.window],
    whole: clip ? clip.whole : corner.whole,
  };
  const place = clip ? clip.code : set(start, i32.mul(i, axis.stride));
  return sequence(fixed, forRange(i, first ?? 0, end ?? axis.windows, 1, [...place, ...windowLoops(context, plan, next, out)]));
}

/** The part of window i that is in the grid: its first cell, its length, and whether that is all of it, here and along the axes before. */
function clipped(
  { scope }: MathContext,
  axis: WindowAxis,
  i: Local,
  start: Local,
  before: Local | null,
): { readonly code: Code; readonly count: Local; readonly whole: Local } {
  const [count, whole] = [scope.local("i32"), scope.local("i32")];
  const all = i32.eq(count, axis.window);
  const code = sequence(
    set(start, i32.sub(i32.mul(i, axis.stride), axis.padLow)),
    set(count, i32.add(start, axis.window)),
    set(count, select("i32", i32.ltS(count, axis.size), count, axis.size)),
    set(start, select("i32", i32.gtS(start, 0), start, 0)),
    set(count, i32.sub(count, start)),
    set(whole, before ? i32.and(before, all) : all),
  );
  return { code, count, whole };
}

function channelLoop(
  context: MathContext,
  { numbers, axes, channels, source, position }: Plan,
  place: Parameters<typeof windowMaximum>[4],
  out: Local,
): Code {
  const { lanes, bytes } = numbers;
  const maxima = (count: number): Code =>
    sequence(
      windowMaximum(context, axes, position, source, place, out, count),
      ...place.pointers.map((pointer, k) => advance(pointer, count * source.channelStrides[k]! * bytes)),
      advance(place.position, count),
      advance(out, 4 * count),
    );
  const whole = Math.floor(channels / lanes);
  return sequence(
    whole > 1 ? turns(context.scope, whole, maxima(lanes)) : whole === 1 ? maxima(lanes) : [],
    channels % lanes > 0 ? maxima(channels % lanes) : [],
  );
}

function positionStrides(axes: readonly WindowAxis[], channels: number): number[] {
  return rowMajorStrides(
    axes.map(({ size }) => size),
    channels,
  );
}

function sourceOf(source: WindowSource, { grid }: WindowGeometry): Plan["source"] {
  return {
    ...source,
    exampleStrides: source.strides.map((strides) => strides[0]!),
    strides: source.strides.map((strides) => (grid.length === 0 ? [0] : strides.slice(1, -1))),
    channelStrides: source.strides.map((strides) => strides.at(-1)!),
  };
}
