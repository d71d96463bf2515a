import type { ConvGeometry } from "../../backend.js";
import {
  advance,
  type Code,
  i32,
  type Local,
  memory,
  type Operand,
  type Scope,
  select,
  sequence,
  set,
  type WasmFunction,
  type WasmModule,
  wasmModule,
  when,
} from "../encoder/index.js";
import type { Kernel, Target } from "../kernel.js";
import type { Numbers } from "../numbers.js";
import { convSteps, product } from "./conv-steps.js";
import type { Border } from "./correlation.js";
import { cutLoops, forUnits } from "./cut.js";
import { entry } from "./entry.js";
import { type GradientKernels, gradientKernels, gradientTile } from "./gradient-kernel.js";
import { type GradientPlan, gradientPlan } from "./gradient-plan.js";
import { type Loop, mergedLoops, nest } from "./loops.js";
import { sumEntry } from "./sum-parts.js";
import { tileRuns } from "./tiles.js";
import { zeroLinesOf } from "./zero-lines.js";

/**
 * θ[j, c, o] = Σ_{e, i} y[e, stride·i + dilation·(kernel − 1 − j), c] · z[e, i, o]: a product of y's taps and z over pixels, both read in place. Each thread
 * adds up a few hundred pixels at a time, which stay in its first cache, in a matrix of its own; then these are added in the order of the threads.
 */
export function jacobianTransposeKernel({ numbers, threads }: Target, geometry: ConvGeometry): Kernel {
  const { examples, kernel, stride, channelsOut } = geometry;
  const steps = convSteps(geometry, numbers.bytes);
  const axes = [
    { count: examples, steps: [steps.yExample, steps.zExample] },
    ...steps.outGrid.map((count, a) => ({ count, steps: [stride[a]! * steps.y[a]!, steps.z[a]!] })),
  ];
  const lines = zeroLinesOf(geometry);
  const places = lines ? axes : mergedLoops(axes);
  const isDense = places.at(-1)?.steps.every((step) => step === numbers.bytes) ?? true;
  const plan = gradientPlan(numbers, geometry, steps, isDense);
  const isTurned = plan.kind === "turned";
  const pixels = isTurned ? places.map((loop) => ({ ...loop, steps: loop.steps.toReversed() })) : places;
  const cut = cutLoops(pixels, PIXELS, threads, lines?.axis);
  const isCutThere = lines?.axis === cut.before.length;

  const module = wasmModule();
  const kernels = gradientKernels(module, numbers, plan);
  const block = (count: number) =>
    blockProduct(
      module,
      numbers,
      kernels,
      plan,
      mergedLoops([{ ...cut.axis, count }, ...cut.after]),
      lines && { ...lines, isCutThere, taps: kernel.at(-2)! },
    );
  const last = block(cut.lastBlock);
  const whole = cut.lastBlock === cut.block ? last : block(cut.block);
  entry(module, "multiply", ({ a: y, b: z, own, from, to }, scope) => {
    const [left, right] = [scope.local("i32"), scope.local("i32")];
    const bases = isTurned ? [z, y] : [y, z];
    const units = forUnits(scope, cut, [from, to], [left, right], bases, (isLast, first) =>
      (isLast ? last : whole)(left, right, own, isCutThere ? first : 0),
    );
    return sequence(memory.fill(own, 0, plan.sums.size), units);
  });
  const ownBytes = Math.ceil(plan.sums.size / 64) * 64;
  const { inChannels } = steps;
  const taps = product(kernel);
  sumEntry(module, numbers, "sum", { sums: plan.sums, taps, channels: inChannels, parts: threads, partBytes: ownBytes });
  const flops = 2 * taps * inChannels * channelsOut * examples * product(steps.outGrid);
  return {
    module,
    phases: [
      { entry: "multiply", units: cut.units, cost: flops / (4 * numbers.lanes) / cut.units, perThread: true },
      { entry: "sum", units: taps * inChannels, cost: (channelsOut * threads) / 2 },
    ],
    sharedBytes: 0,
    ownBytes,
  };
}

/** A function of the addresses (left, right, sums), and of the first line where lines are cut, that adds the products of one unit's pixels. */
function blockProduct(
  module: WasmModule,
  numbers: Numbers,
  kernels: GradientKernels,
  plan: GradientPlan,
  pixels: readonly Loop[],
  border: LineBorder | undefined,
): WasmFunction {
  const { kind, rows, columns, around, spread } = plan;
  const run = pixels.at(-1) ?? { count: 1, steps: [0, 0] };
  const segments = pixels.at(-2) ?? { count: 1, steps: [0, 0] };
  // The segments are lines, and the taps of one axis alone decide which of them meet zeros.
  const tapLines = kind !== "turned" && around.length === 2 && around[1]!.count === border?.taps ? around[1]! : undefined;
  const skips = border && tapLines && pixels.length === (border.isCutThere ? 2 : 3);
  const tile = gradientTile(numbers, plan);
  const panelLeft = kind === "lanes" ? 16 / spread : 0;
  return module.func(["i32", "i32", "i32", "i32"], [], (params, scope) => {
    const [left, right, sums, first] = params as [Local, Local, Local, Local];
    // Tiles of `vectors` vectors of columns from vector `at` on, over so many segments.
    const tiles = (vectors: number, at: number, count: Operand): Code =>
      tileRuns(rows.count, tile.rows(vectors)).flatMap(({ rows: height, count: turns, first: before }) => {
        const place = (address: Local, i: number, columnStep: number): Operand =>
          i32.add(address, before * rows.steps[i]! + at * columnStep);
        const call = kernels({ run, rows: height, vectors })(
          place(left, 0, panelLeft),
          place(right, 1, 16),
          place(sums, 2, 16),
          segments.steps[0]!,
          segments.steps[1]!,
          count,
        );
        const down = { count: turns, steps: rows.steps.map((step) => height * step) };
        return nest(scope, [down], [left, right, sums], nest(scope, pixels.slice(0, -2), [left, right], call));
      });
    const taps = (vectors: number, at: number): Code => {
      if (!skips) return nest(scope, around.slice(1), [left, right, sums], tiles(vectors, at, segments.count));
      const addresses = [left, right, sums] as const;
      return linesMet(scope, border, tapLines, segments, first, addresses, (count) => tiles(vectors, at, count));
    };
    const all = Math.ceil(columns / numbers.lanes);
    const [whole, rest] = [Math.floor(all / tile.vectors), all % tile.vectors];
    const across = { count: whole, steps: [panelLeft, 16, 16].map((step) => tile.vectors * step) };
    const group = sequence(
      nest(scope, [across], [left, right, sums], taps(tile.vectors, 0)),
      rest > 0 ? taps(rest, whole * tile.vectors) : [],
    );
    return nest(scope, around.slice(0, 1), [left, right, sums], group);
  });
}

/** A border of zeros along the lines of pixels: tap u of line q meets entry q − reach + u·spacing of `entries`, or zeros. */
interface LineBorder extends Border {
  readonly taps: number;
  /** Units hold some of the lines, else all. */
  readonly isCutThere: boolean;
}

/** `body` for each tap along the lines, over those lines alone that meet entries. */
function linesMet(
  { local }: Pick<Scope, "local">,
  { reach, spacing, entries }: LineBorder,
  taps: Loop,
  lines: Loop,
  first: Local,
  addresses: readonly [Local, Local, Local],
  body: (count: Operand) => Code,
): Code {
  const [from, count] = [local("i32"), local("i32")];
  const within = (line: number): Code => {
    const shifted = i32.sub(line, first);
    const atLeast = select("i32", i32.gtS(shifted, 0), shifted, 0);
    return select("i32", i32.ltS(shifted, lines.count), atLeast, lines.count);
  };
  const tap = (u: number): Code => {
    const move = (sign: 1 | -1): Code =>
      addresses.flatMap((address, i) => advance(address, i32.mul(sign, i32.add(u * taps.steps[i]!, i32.mul(from, lines.steps[i] ?? 0)))));
    return sequence(
      set(from, within(reach - u * spacing)),
      set(count, i32.sub(within(reach + entries - u * spacing), from)),
      when(i32.gtS(count, 0), sequence(move(1), body(count), move(-1))),
    );
  };
  return Array.from({ length: taps.count }, (_, u) => tap(u)).flat();
}

/** Pixels of a unit: a pair of vectors of each, from z, fills half a first cache. */
const PIXELS = 320;
