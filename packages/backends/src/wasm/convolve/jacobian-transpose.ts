import type { ConvGeometry } from "../../backend.js";
import {
  type Code,
  i32,
  type Local,
  memory,
  type Operand,
  sequence,
  type WasmFunction,
  type WasmModule,
  wasmModule,
} from "../encoder/index.js";
import type { Kernel, Target } from "../kernel.js";
import type { Numbers } from "../numbers.js";
import { convSteps, product } from "./conv-steps.js";
import { cutLoops, forUnits } from "./cut.js";
import { entry } from "./entry.js";
import { type GradientKernels, gradientKernels, gradientTile } from "./gradient-kernel.js";
import { type GradientPlan, gradientPlan } from "./gradient-plan.js";
import { type Loop, mergedLoops, nest } from "./loops.js";
import { sumEntry } from "./sum-parts.js";
import { tileRuns } from "./tiles.js";

/**
 * θ[j, c, o] = Σ_{e, i} y[e, stride·i + dilation·(kernel − 1 − j), c] · z[e, i, o]: a product of y's taps and z over pixels, both read in place. Each thread
 * adds up a few hundred pixels at a time, which stay in its first cache, in a matrix of its own; then these are added in the order of the threads.
 */
export function jacobianTransposeKernel({ numbers, threads }: Target, geometry: ConvGeometry): Kernel {
  const { examples, kernel, stride, channelsOut } = geometry;
  const steps = convSteps(geometry, numbers.bytes);
  const places = mergedLoops([
    { count: examples, steps: [steps.yExample, steps.zExample] },
    ...steps.outGrid.map((count, a) => ({ count, steps: [stride[a]! * steps.y[a]!, steps.z[a]!] })),
  ]);
  const isDense = places.at(-1)?.steps.every((step) => step === numbers.bytes) ?? true;
  const plan = gradientPlan(numbers, geometry, steps, isDense);
  const isTurned = plan.kind === "turned";
  const pixels = isTurned ? places.map((loop) => ({ ...loop, steps: loop.steps.toReversed() })) : places;
  const cut = cutLoops(pixels, PIXELS, threads);

  const module = wasmModule();
  const kernels = gradientKernels(module, numbers, plan);
  const block = (count: number) => blockProduct(module, numbers, kernels, plan, mergedLoops([{ ...cut.axis, count }, ...cut.after]));
  const last = block(cut.lastBlock);
  const whole = cut.lastBlock === cut.block ? last : block(cut.block);
  entry(module, "multiply", ({ a: y, b: z, own, from, to }, scope) => {
    const [left, right] = [scope.local("i32"), scope.local("i32")];
    const bases = isTurned ? [z, y] : [y, z];
    const units = forUnits(scope, cut, [from, to], [left, right], bases, (isLast) => (isLast ? last : whole)(left, right, own));
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

/** A function of the addresses (left, right, sums) that adds the products of one unit's pixels. */
function blockProduct(
  module: WasmModule,
  numbers: Numbers,
  kernels: GradientKernels,
  plan: GradientPlan,
  pixels: readonly Loop[],
): WasmFunction {
  const { kind, rows, columns, around, spread } = plan;
  const run = pixels.at(-1) ?? { count: 1, steps: [0, 0] };
  const segments = pixels.at(-2) ?? { count: 1, steps: [0, 0] };
  const tile = gradientTile(numbers, plan);
  const panelLeft = kind === "lanes" ? 16 / spread : 0;
  return module.func(["i32", "i32", "i32"], [], (params, scope) => {
    const [left, right, sums] = params as [Local, Local, Local];
    // Tiles of `vectors` vectors of columns from vector `at` on.
    const tiles = (vectors: number, at: number): Code =>
      tileRuns(rows.count, tile.rows(vectors)).flatMap(({ rows: height, count, first }) => {
        const place = (address: Local, i: number, columnStep: number): Operand =>
          i32.add(address, first * rows.steps[i]! + at * columnStep);
        const call = kernels({ run, rows: height, vectors })(
          place(left, 0, panelLeft),
          place(right, 1, 16),
          place(sums, 2, 16),
          segments.steps[0]!,
          segments.steps[1]!,
          segments.count,
        );
        const down = { count, steps: rows.steps.map((step) => height * step) };
        return nest(scope, [down], [left, right, sums], nest(scope, pixels.slice(0, -2), [left, right], call));
      });
    const taps = (code: Code): Code => nest(scope, around.slice(1), [left, right, sums], code);
    const all = Math.ceil(columns / numbers.lanes);
    const [whole, rest] = [Math.floor(all / tile.vectors), all % tile.vectors];
    const across = { count: whole, steps: [panelLeft, 16, 16].map((step) => tile.vectors * step) };
    const group = sequence(
      nest(scope, [across], [left, right, sums], taps(tiles(tile.vectors, 0))),
      rest > 0 ? taps(tiles(rest, whole * tile.vectors)) : [],
    );
    return nest(scope, around.slice(0, 1), [left, right, sums], group);
  });
}

/** Pixels of a unit: a pair of vectors of each, from z, fills half a first cache. */
const PIXELS = 320;
