import type { ConvGeometry } from "../../backend.js";
import { forRange, i32, type Local, memory, sequence, wasmModule } from "../encoder/index.js";
import type { Kernel, Target } from "../kernel.js";
import { convSteps, product } from "./conv-steps.js";
import { correlation } from "./correlation.js";
import { cutLoops, forUnits } from "./cut.js";
import { haloCode, haloOf, haloZeros } from "./halo.js";
import type { Loop } from "./loops.js";
import { type Residue, reach, residuesOf } from "./residues.js";
import { tapSchedule } from "./tap-schedule.js";
import { tileKernels } from "./tile-kernel.js";
import { channelsOf, isDepthwise, packCode, packedWeights, packUnits } from "./weights.js";

/**
 * y[e, p, c] = Σ_{i, j, o: stride·i + dilation·(kernel − 1 − j) = p} θ[j, c, o] · z[e, i, o]: for each residue of p by the stride a correlation of z with
 * those taps that can meet it. Units read z in place, or where taps reach past its edge a copy of their part of it among zeros (which such entries of θ as
 * are infinite or NaN turn to NaN).
 */
export function applyTransposeKernel({ numbers, threads }: Target, geometry: ConvGeometry): Kernel {
  const { bytes, lanes } = numbers;
  const { examples, grid, kernel, stride, dilation, groups, channelsIn, channelsOut } = geometry;
  const steps = convSteps(geometry, bytes);
  const { outGrid, inChannels, outChannels } = steps;
  const residues = [residuesOf(examples, 1, 1, 1), ...grid.map((size, a) => residuesOf(size, kernel[a]!, stride[a]!, dilation[a]!))];
  const strides = [1, ...stride];
  const yStep = [steps.yExample, ...steps.y];
  const sizes = [examples, ...grid];
  const lows = residues.map((axis) => Math.max(...axis.map(reach)));
  const entries = [examples, ...outGrid];
  const zStep = [steps.zExample, ...steps.z];

  // Loops over q; an axis whose units would overlap in z, or whose residues are apart, is the last to be cut.
  const loops = residues.map((axis, a) => ({ count: axis[0]!.count, steps: [zStep[a]!, strides[a]! * yStep[a]!] }));
  const deepest = loops.findIndex((_, a) => lows[a]! > 0 || strides[a]! > 1);
  const isInside = lows.every((low) => low === 0) && loops.every(({ count }, a) => count <= entries[a]!);
  const pixels = isInside ? PIXELS : Math.min(PIXELS, Math.max(64, Math.floor(HALO_BYTES / (channelsOut * bytes))));
  const cut = cutLoops(loops, pixels, threads, deepest < 0 ? loops.length - 1 : deepest);
  const at = cut.before.length;
  const extents = loops.map(({ count }, a) => (a < at ? 1 : (a === at ? cut.block : count) + lows[a]!));
  const halo = haloOf(
    extents.map((extent, a) => ({ low: lows[a]!, extent, entries: entries[a]!, from: zStep[a]! })),
    channelsOut * bytes,
  );
  const inStep = isInside ? zStep : halo.axes.map(({ to }) => to);

  const channels = channelsOf(
    numbers,
    { groups, inChannels: outChannels, outChannels: inChannels },
    {
      isDepthwise: isDepthwise(numbers, groups, inChannels, outChannels),
      isDense: channelsIn === 1 && stride.at(-1) === 1,
      pixels: Math.max(...loops.slice(at).map(({ count }) => count)),
    },
  );
  const isLanes = channels.kind === "lanes";
  const contracted = { count: isLanes ? 1 : outChannels, steps: [bytes] };

  // One part of the work for each combination of residues that has taps.
  let packedSize = 0;
  const parts = combinations(residues)
    .filter((axes) => axes.every(({ taps }) => taps > 0))
    .map((axes) => {
      const taps = [...axes.map(({ taps, spacing }, a) => ({ count: taps, steps: [spacing * inStep[a]!] })), contracted];
      const { run } = tapSchedule(taps, bytes);
      const packed = packedWeights(
        numbers,
        channels,
        run.count,
        taps.reduce((total, { count }) => total * count, 1),
      );
      const weightsAt = packedSize;
      packedSize += packed.size;
      const kernelAxes = axes.slice(1);
      const source = {
        first: kernelAxes.reduce(
          (sum, { first, step, taps }, a) => sum + (kernel[a]! - 1 - first - (taps - 1) * step) * steps.theta[a]!,
          0,
        ),
        taps: [...kernelAxes.map(({ taps, step }, a) => ({ count: taps, steps: [step * steps.theta[a]!] })), contracted],
        column: isLanes ? bytes : steps.thetaChannel,
        group: outChannels * bytes,
      };
      const inAt = axes.reduce((sum, residue, a) => sum + (a < at ? 0 : lows[a]! - reach(residue)) * inStep[a]!, 0);
      const outAt = axes.reduce((sum, { residue }, a) => sum + residue * yStep[a]!, 0);
      return { axes, taps, run, packed, weightsAt, source, inAt, outAt };
    });

  const module = wasmModule();
  module.entry("pack", 8, (params, scope) => {
    const [theta, , , , scratch, , from, to] = params as Params;
    const unit = scope.local("i32");
    const pack = parts.flatMap(({ run, packed, weightsAt, source }) =>
      packCode(scope, numbers, channels, run.count, packed, source, [unit, theta, i32.add(scratch, weightsAt)]),
    );
    return forRange(unit, from, to, 1, pack);
  });
  const kernels = tileKernels(module, numbers);
  const blockOf = (count: number, isLast: boolean) => {
    const done = (cut.blocks - 1) * cut.block;
    return parts.flatMap(({ axes, taps, weightsAt, inAt, outAt }) => {
      const positions: readonly Loop[] = axes.slice(at).map((residue, a) => ({
        count: a > 0 ? residue.count : isLast ? residue.count - done : count,
        steps: [inStep[at + a]!, strides[at + a]! * yStep[at + a]!],
      }));
      if (positions.some((axis) => axis.count === 0)) return [];
      // The axis whose taps are the inner kernel's segments, as a rule: rows of pixels.
      const axis = axes.length - 2;
      const { spacing } = axes[axis]!;
      const border = { axis: axis - at, reach: reach(axes[axis]!), spacing, entries: entries[axis]! };
      const plan = { channels, positions, taps: taps.slice(at) };
      const run = correlation(module, numbers, kernels, axis >= at && !isInside ? { ...plan, border } : plan);
      return [{ run, weightsAt, inAt, outAt, startsAt: axis === at }];
    });
  };
  const whole = cut.blocks > 1 ? blockOf(cut.block, false) : [];
  const last = blockOf(cut.lastBlock, true);
  const hasGaps = residues.some((axis) => axis.some(({ taps }) => taps === 0));
  const rows = (isLast: boolean): number => (isLast ? sizes[at]! - strides[at]! * (cut.blocks - 1) * cut.block : strides[at]! * cut.block);
  module.entry("convolve", 8, (params, scope) => {
    const [, z, out, , scratch, own, from, to] = params as Params;
    const [x, y] = [scope.local("i32"), scope.local("i32")];
    const body = (isLast: boolean, first: Local) =>
      sequence(
        hasGaps ? memory.fill(y, 0, rows(isLast) * yStep[at]!) : [],
        isInside ? [] : haloCode(scope, halo, at, first, x, own),
        ...(isLast ? last : whole).map(({ run, weightsAt, inAt, outAt, startsAt }) =>
          run(i32.add(isInside ? x : own, inAt), i32.add(scratch, weightsAt), i32.add(y, outAt), startsAt ? first : 0),
        ),
      );
    return sequence(isInside ? [] : haloZeros(halo, at, own), forUnits(scope, cut, [from, to], [x, y], [z, out], body));
  });
  const flops = 2 * product(kernel) * inChannels * channelsOut * examples * product(outGrid);
  const packs = packUnits(channels);
  return {
    module,
    phases: [
      { entry: "pack", units: packs, cost: (4 * product(kernel) * inChannels * channelsOut) / packs },
      { entry: "convolve", units: cut.units, cost: flops / (4 * lanes) / cut.units },
    ],
    sharedBytes: Math.ceil(packedSize / 64) * 64,
    ownBytes: isInside ? 0 : Math.ceil((halo.size + 64) / 64) * 64,
  };
}

type Params = readonly [Local, Local, Local, Local, Local, Local, Local, Local];

/** Pixels of a unit, at most, and bytes of z with its zeros, roughly: what stays in a core's second cache. */
const PIXELS = 4096;
const HALO_BYTES = 1 << 18;

/** Every choice of one residue for each axis. */
function combinations(axes: readonly (readonly Residue[])[]): readonly (readonly Residue[])[] {
  return axes.reduce<readonly (readonly Residue[])[]>(
    (all, axis) => all.flatMap((part) => axis.map((residue) => [...part, residue])),
    [[]],
  );
}
