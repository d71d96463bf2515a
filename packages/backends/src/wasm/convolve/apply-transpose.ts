import type { ConvGeometry } from "../../backend.js";
import { forRange, i32, type Local, memory, sequence, type WasmFunction, wasmModule } from "../encoder/index.js";
import type { Kernel, Target } from "../kernel.js";
import { convSteps, product } from "./conv-steps.js";
import { type Correlation, correlation } from "./correlation.js";
import { forUnits } from "./cut.js";
import { entry } from "./entry.js";
import { haloCode, haloZeros } from "./halo.js";
import type { Loop } from "./loops.js";
import { madeOnce } from "./made-once.js";
import { packCode, packUnits } from "./pack-weights.js";
import { reach } from "./residues.js";
import { tileKernels } from "./tile-kernel.js";
import { type TransposedPart, type TransposedPlan, transposedPlan } from "./transposed-plan.js";

/**
 * y[e, p, c] = Σ_{i, j, o: stride·i + dilation·(kernel − 1 − j) = p} θ[j, c, o] · z[e, i, o]: for each residue of p by the stride a correlation of z with
 * those taps that can meet it. Units read z in place, or where taps reach past its edge a copy of their part of it among zeros (which such entries of θ as
 * are infinite or NaN turn to NaN).
 */
export function applyTransposeKernel(target: Target, geometry: ConvGeometry): Kernel {
  const { numbers } = target;
  const { examples, grid, kernel, channelsOut } = geometry;
  const { outGrid, inChannels } = convSteps(geometry, numbers.bytes);
  const plan = transposedPlan(target, geometry);
  const { channels, cut, isInside, halo, outStep, yStep, parts, packedSize, hasGaps } = plan;
  const at = cut.before.length;

  const module = wasmModule();
  // Parts that differ only in where they read and write share their functions: of 16 × 16 residues there are few kinds.
  const packing = madeOnce(({ run, packed, taps }: Packing) =>
    module.func(["i32", "i32", "i32"], [], (params, scope) => {
      const [unit, theta, to] = params as [Local, Local, Local];
      const { column, group } = parts[0]!.source;
      return packCode(scope, numbers, channels, run, packed, { first: 0, taps, column, group }, [unit, theta, to]);
    }),
  );
  entry(module, "pack", ({ a: theta, scratch, from, to }, scope) => {
    const unit = scope.local("i32");
    const pack = parts.flatMap(({ run, packed, source, weightsAt }) =>
      packing({ run, packed, taps: source.taps })(unit, i32.add(theta, source.first), i32.add(scratch, weightsAt)),
    );
    return forRange(unit, from, to, 1, pack);
  });
  const kernels = tileKernels(module, numbers);
  const correlations = madeOnce((part: Correlation) => correlation(module, numbers, kernels, part));
  const whole = cut.blocks > 1 ? partFunctions(correlations, plan, false) : [];
  const last = partFunctions(correlations, plan, true);
  // Rows of y that a unit writes: the last ends with the grid.
  const rowsOf = (isLast: boolean): number => {
    const step = outStep[at]! / yStep[at]!;
    return isLast ? [examples, ...grid][at]! - step * (cut.blocks - 1) * cut.block : step * cut.block;
  };
  entry(module, "convolve", ({ b: z, out, scratch, own, from, to }, scope) => {
    const [x, y] = [scope.local("i32"), scope.local("i32")];
    const body = (isLast: boolean, first: Local) =>
      sequence(
        hasGaps ? memory.fill(y, 0, rowsOf(isLast) * yStep[at]!) : [],
        isInside ? [] : haloCode(scope, halo, at, first, x, own),
        ...(isLast ? last : whole).map(({ run, weightsAt, inAt, outAt, startsAt }) =>
          run(i32.add(isInside ? x : own, inAt), i32.add(scratch, weightsAt), i32.add(y, outAt), startsAt ? first : 0),
        ),
      );
    return sequence(isInside ? [] : haloZeros(halo, own), forUnits(scope, cut, [from, to], [x, y], [z, out], body));
  });
  const flops = 2 * product(kernel) * inChannels * channelsOut * examples * product(outGrid);
  const packs = packUnits(channels);
  return {
    module,
    phases: [
      { entry: "pack", units: packs, cost: (4 * product(kernel) * inChannels * channelsOut) / packs },
      { entry: "convolve", units: cut.units, cost: flops / (4 * numbers.lanes) / cut.units },
    ],
    sharedBytes: Math.ceil(packedSize / 64) * 64,
    ownBytes: isInside ? 0 : Math.ceil((halo.size + 64) / 64) * 64,
  };
}

interface Packing extends Pick<TransposedPart, "run" | "packed"> {
  readonly taps: readonly Loop[];
}

interface PartFunction extends Pick<TransposedPart, "weightsAt" | "inAt" | "outAt"> {
  readonly run: WasmFunction;
  /** Whether the border's axis is the cut one, so that units start somewhere along it. */
  readonly startsAt: boolean;
}

/** A function for each part that has positions in a unit: in whole ones, or in the last. */
function partFunctions(
  correlations: (part: Correlation) => WasmFunction,
  { channels, cut, isInside, inStep, outStep, entries, parts }: TransposedPlan,
  isLast: boolean,
): readonly PartFunction[] {
  const at = cut.before.length;
  const done = (cut.blocks - 1) * cut.block;
  return parts.flatMap(({ axes, taps, weightsAt, inAt, outAt }) => {
    const positions = axes.slice(at).map(({ count }, a) => ({
      count: a > 0 ? count : isLast ? count - done : cut.block,
      steps: [inStep[at + a]!, outStep[at + a]!],
    }));
    if (positions.some((axis) => axis.count === 0)) return [];
    // The axis whose taps are the inner kernel's segments, as a rule: rows of pixels.
    const axis = axes.length - 2;
    const border = { axis: axis - at, reach: reach(axes[axis]!), spacing: axes[axis]!.spacing, entries: entries[axis]! };
    const inside = { channels, positions, taps: taps.slice(at) };
    const part = axis >= at && !isInside ? { ...inside, border } : inside;
    const run = correlations(part);
    return [{ run, weightsAt, inAt, outAt, startsAt: axis === at }];
  });
}
