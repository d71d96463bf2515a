import type { ConvGeometry } from "../../backend.js";
import { isFused } from "../contract/tile.js";
import { type Code, i32, type Local, memory, sequence, type WasmFunction, wasmModule } from "../encoder/index.js";
import type { Kernel, Target } from "../kernel.js";
import { microKernel } from "../micro-kernel.js";
import { convSteps, product } from "./conv-steps.js";
import { cutLoops, forUnits } from "./cut.js";
import { mergedLoops, nest } from "./loops.js";
import { sumEntry } from "./sum-parts.js";
import { tileRuns } from "./tiles.js";

/**
 * θ[j, c, o] = Σ_{e, i} y[e, stride·i + dilation·(kernel − 1 − j), c] · z[e, i, o]: a product of y's taps and z over pixels, both read in place. Each thread
 * adds up a few hundred pixels at a time, which stay in its first cache, in a matrix of its own; then these are added in the order of the threads.
 */
export function jacobianTransposeKernel(target: Target, geometry: ConvGeometry): Kernel {
  const { numbers, threads } = target;
  const { bytes, lanes } = numbers;
  const { examples, kernel, stride, dilation, groups, channelsOut } = geometry;
  const steps = convSteps(geometry, bytes);
  const { outGrid, inChannels, outChannels } = steps;
  const pixels = mergedLoops([
    { count: examples, steps: [steps.yExample, steps.zExample] },
    ...outGrid.map((count, a) => ({ count, steps: [stride[a]! * steps.y[a]!, steps.z[a]!] })),
  ]);
  const cut = cutLoops(pixels, PIXELS, threads);
  const groupWidth = Math.ceil(outChannels / lanes) * lanes * bytes;
  const pitch = groups * groupWidth;
  // A thread's matrix has taps in the order in which y is read, and in each row every group's columns, padded to whole vectors.
  const accStep = kernel.map((_, a) => product(kernel.slice(a + 1)) * inChannels * pitch);
  const taps = mergedLoops([
    ...kernel.map((count, a) => ({ count, steps: [dilation[a]! * steps.y[a]!, accStep[a]!] })),
    { count: inChannels, steps: [bytes, pitch] },
  ]);
  const accBytes = product(kernel) * inChannels * pitch;

  const module = wasmModule();
  const made = new Map<string, WasmFunction>();
  const rowLoop = taps.at(-1) ?? { count: 1, steps: [0, 0] };
  const block = (count: number): WasmFunction => {
    const loops = mergedLoops([{ ...cut.axis, count }, ...cut.after]);
    const run = loops.at(-1) ?? { count: 1, steps: [0, 0] };
    const segments = loops.at(-2) ?? { count: 1, steps: [0, 0] };
    const tile = (rows: number, vectors: number): WasmFunction => {
      const key = [rows, vectors, run.count, ...run.steps].join();
      const [aStep, bStep] = run.steps as [number, number];
      const loop = isFused(numbers) ? { unroll: 4, fenceEvery: 1 } : { unroll: 8 };
      const known = made.get(key);
      if (known) return known;
      const options = {
        rows,
        vectors,
        aRow: rowLoop.steps[0]!,
        aStep,
        bStep,
        cRow: pitch,
        run: run.count,
        begin: "load",
        ...loop,
      } as const;
      const kernel = microKernel(module, numbers, options);
      made.set(key, kernel);
      return kernel;
    };
    return module.func(["i32", "i32", "i32"], [], (params, scope) => {
      const [y, z, acc] = params as [Local, Local, Local];
      const tiles = (vectors: number, at: number): Code =>
        tileRuns(rowLoop.count, mostRows(vectors, isFused(numbers))).flatMap(({ rows, count, first }) => {
          const [yAt, accAt] = [first * rowLoop.steps[0]!, first * pitch + at];
          const call = tile(rows, vectors)(
            i32.add(y, yAt),
            i32.add(z, at),
            i32.add(acc, accAt),
            segments.steps[0]!,
            segments.steps[1]!,
            segments.count,
          );
          const rowSteps = [rows * rowLoop.steps[0]!, rows * pitch];
          return nest(scope, [{ count, steps: rowSteps }], [y, acc], nest(scope, loops.slice(0, -2), [y, z], call));
        });
      const outerTaps = (code: Code): Code => nest(scope, taps.slice(0, -1), [y, acc], code);
      const allVectors = groupWidth / 16;
      const pairs = Math.floor(allVectors / 2);
      const group = sequence(
        pairs > 0 ? nest(scope, [{ count: pairs, steps: [32, 32] }], [z, acc], outerTaps(tiles(2, 0))) : [],
        allVectors % 2 > 0 ? outerTaps(tiles(1, 32 * pairs)) : [],
      );
      return nest(scope, [{ count: groups, steps: [inChannels * bytes, outChannels * bytes, groupWidth] }], [y, z, acc], group);
    });
  };
  const last = block(cut.lastBlock);
  const whole = cut.lastBlock === cut.block ? last : block(cut.block);
  module.entry("multiply", 8, (params, scope) => {
    const [y, z, , , , own, from, to] = params as Params;
    const [a, b] = [scope.local("i32"), scope.local("i32")];
    const units = forUnits(scope, cut, [from, to], [a, b], [y, z], (isLast) => (isLast ? last : whole)(a, b, own));
    return sequence(memory.fill(own, 0, accBytes), units);
  });
  const ownBytes = Math.ceil(accBytes / 64) * 64;
  sumEntry(module, numbers, "sum", {
    taps: product(kernel),
    channels: inChannels,
    groups,
    columns: outChannels,
    groupWidth,
    parts: threads,
    partBytes: ownBytes,
  });
  const flops = 2 * product(kernel) * inChannels * channelsOut * examples * product(outGrid);
  return {
    module,
    phases: [
      { entry: "multiply", units: cut.units, cost: flops / (4 * lanes) / cut.units, perThread: true },
      { entry: "sum", units: product(kernel) * inChannels, cost: (channelsOut * threads) / 2 },
    ],
    sharedBytes: 0,
    ownBytes,
  };
}

type Params = readonly [Local, Local, Local, Local, Local, Local, Local, Local];

/** Pixels of a unit: a pair of vectors of each, from z, fills half a first cache. */
const PIXELS = 320;

function mostRows(vectors: number, fused: boolean): number {
  if (vectors === 1) return fused ? 10 : 8;
  return fused ? 6 : 4;
}
