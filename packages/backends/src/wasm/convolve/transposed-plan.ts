import type { ConvGeometry } from "../../backend.js";
import type { Target } from "../kernel.js";
import { type Channels, channelsOf, isDepthwise } from "./channels.js";
import { convSteps } from "./conv-steps.js";
import { type Cut, cutLoops } from "./cut.js";
import { type Halo, haloOf } from "./halo.js";
import type { Loop } from "./loops.js";
import { type PackedWeights, packedWeights, type WeightSource } from "./pack-weights.js";
import { type Residue, reach, residuesOf } from "./residues.js";
import { tapSchedule } from "./tap-schedule.js";

/** How a transposed convolution is cut: axes are the examples, then the grid's. */
export interface TransposedPlan {
  readonly channels: Channels;
  /** Units along the positions q; the axes before the cut one are not part of a unit. */
  readonly cut: Cut;
  /** Where every tap meets an entry of z it is read in place, else through a copy. */
  readonly isInside: boolean;
  readonly halo: Halo;
  /** From a position q to the next, in what is read and in y; from an entry of y to the next. */
  readonly inStep: readonly number[];
  readonly outStep: readonly number[];
  readonly yStep: readonly number[];
  /** Entries of z along each axis. */
  readonly entries: readonly number[];
  readonly parts: readonly TransposedPart[];
  readonly packedSize: number;
  /** Some positions meet no tap. */
  readonly hasGaps: boolean;
}

/** What one choice of residues contributes: a correlation of its own. */
export interface TransposedPart {
  readonly axes: readonly Residue[];
  readonly taps: readonly Loop[];
  readonly run: number;
  readonly packed: PackedWeights;
  readonly source: WeightSource;
  /** Where its weights, the first entry it reads and the first it writes lie. */
  readonly weightsAt: number;
  readonly inAt: number;
  readonly outAt: number;
}

export function transposedPlan({ numbers, threads }: Target, geometry: ConvGeometry): TransposedPlan {
  const { bytes } = numbers;
  const { examples, grid, kernel, stride, dilation, groups, channelsIn, channelsOut } = geometry;
  const steps = convSteps(geometry, bytes);
  const { outGrid, inChannels, outChannels } = steps;
  const residues = [residuesOf(examples, 1, 1, 1), ...grid.map((size, a) => residuesOf(size, kernel[a]!, stride[a]!, dilation[a]!))];
  const strides = [1, ...stride];
  const yStep = [steps.yExample, ...steps.y];
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
    lows[at] === 0 && loops[at]!.count <= entries[at]!,
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
      return { axes, taps, run: run.count, packed, weightsAt, source, inAt, outAt };
    });
  const hasGaps = residues.some((axis) => axis.some(({ taps }) => taps === 0));
  const outStep = loops.map(({ steps }) => steps[1]!);
  return { channels, cut, isInside, halo, inStep, outStep, yStep, entries, parts, packedSize, hasGaps };
}

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
