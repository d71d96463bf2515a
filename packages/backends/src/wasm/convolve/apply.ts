import type { ConvGeometry } from "../../backend.js";
import { forRange, wasmModule } from "../encoder/index.js";
import type { Kernel, Target } from "../kernel.js";
import { channelsOf, isDepthwise } from "./channels.js";
import { convSteps, product } from "./conv-steps.js";
import { correlation } from "./correlation.js";
import { cutLoops, forUnits } from "./cut.js";
import { entry } from "./entry.js";
import { mergedLoops } from "./loops.js";
import { packCode, packedWeights, packUnits } from "./pack-weights.js";
import { tapSchedule } from "./tap-schedule.js";
import { tileKernels } from "./tile-kernel.js";
import { zeroLinesOf } from "./zero-lines.js";

/**
 * z[e, i, o] = Σ_{j, c} θ[j, c, o] · y[e, stride·i + dilation·(kernel − 1 − j), c]: the correlation of y, read in place, with the weights in reverse order.
 * First the weights are packed, then each unit makes some of the pixels.
 */
export function applyKernel({ numbers, threads }: Target, geometry: ConvGeometry): Kernel {
  const { bytes, lanes } = numbers;
  const { examples, kernel, stride, dilation, groups, channelsOut } = geometry;
  const steps = convSteps(geometry, bytes);
  const { outGrid, inChannels, outChannels } = steps;
  const lines = zeroLinesOf(geometry);
  const axes = [
    { count: examples, steps: [steps.yExample, steps.zExample] },
    ...outGrid.map((count, a) => ({ count, steps: [stride[a]! * steps.y[a]!, steps.z[a]!] })),
  ];
  const positions = lines ? axes : mergedLoops(axes);
  const channels = channelsOf(
    numbers,
    { groups, inChannels, outChannels },
    {
      isDepthwise: isDepthwise(numbers, groups, inChannels, outChannels),
      isDense: positions.at(-1)?.steps.every((step) => step === bytes) ?? true,
      pixels: Math.max(0, ...positions.map(({ count }) => count)),
    },
  );
  const isLanes = channels.kind === "lanes";
  const taps = [...kernel.map((count, a) => ({ count, steps: [dilation[a]! * steps.y[a]!] })), { count: inChannels, steps: [bytes] }];
  const { run } = tapSchedule(taps, bytes);
  const packed = packedWeights(numbers, channels, run.count, product(kernel) * inChannels);
  const source = {
    first: kernel.reduce((sum, count, a) => sum + (count - 1) * steps.theta[a]!, 0),
    taps: [...kernel.map((count, a) => ({ count, steps: [-steps.theta[a]!] })), { count: inChannels, steps: [steps.thetaChannel] }],
    column: bytes,
    group: isLanes ? 0 : outChannels * bytes,
  };

  const module = wasmModule();
  entry(module, "pack", ({ a: theta, scratch, from, to }, scope) => {
    const unit = scope.local("i32");
    return forRange(unit, from, to, 1, packCode(scope, numbers, channels, run.count, packed, source, [unit, theta, scratch]));
  });
  const cut = cutLoops(positions, PIXELS, threads, lines?.axis);
  const at = cut.before.length;
  // The axes of positions and of taps stand beside each other where no axis of the grid is cut away.
  const border = lines && at <= 1 ? { ...lines, axis: lines.axis - at } : undefined;
  const kernels = tileKernels(module, numbers);
  const block = (count: number) => {
    const inside = { channels, positions: [{ ...cut.axis, count }, ...cut.after] };
    if (!border) return correlation(module, numbers, kernels, { ...inside, taps });
    return correlation(module, numbers, kernels, { ...inside, taps: at === 0 ? [{ count: 1, steps: [0] }, ...taps] : taps, border });
  };
  const blocks = new Map([cut.block, cut.lastBlock].map((count) => [count, block(count)]));
  entry(module, "convolve", ({ b: y, out, scratch, from, to }, scope) => {
    const [x, z] = [scope.local("i32"), scope.local("i32")];
    return forUnits(scope, cut, [from, to], [x, z], [y, out], (isLast, first) =>
      blocks.get(isLast ? cut.lastBlock : cut.block)!(x, scratch, z, border?.axis === 0 ? first : 0),
    );
  });
  const flops = 2 * product(kernel) * inChannels * channelsOut * examples * product(outGrid);
  const packs = packUnits(channels);
  return {
    module,
    phases: [
      { entry: "pack", units: packs, cost: (4 * product(kernel) * inChannels * channelsOut) / packs },
      { entry: "convolve", units: cut.units, cost: flops / (4 * lanes) / cut.units },
    ],
    sharedBytes: Math.ceil(packed.size / 64) * 64,
    ownBytes: 0,
  };
}

/** Pixels of a unit: enough that starting one costs nothing. */
const PIXELS = 4096;
