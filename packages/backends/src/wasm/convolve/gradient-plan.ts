import type { ConvGeometry } from "../../backend.js";
import type { Numbers } from "../numbers.js";
import { isDepthwise } from "./channels.js";
import { type ConvSteps, product } from "./conv-steps.js";
import { type Loop, mergedLoops } from "./loops.js";

/**
 * Which inner kernel ∂/∂θ runs on. `outer`: taps × vectors of z's channels. `turned`: z's few channels × vectors of taps, where they lie side by side
 * in y. `lanes`: depthwise, taps and vectors of channels that do not mix. `dot`: one channel, vectors of neighbouring pixels.
 */
export type GradientKind = "outer" | "turned" | "lanes" | "dot";

/** The sums over pixels as a product of matrices: rows from `left`, columns from `right`, for each turn of the loops around them. Steps are in left, right and the matrix of sums. */
export interface GradientPlan {
  readonly kind: GradientKind;
  readonly around: readonly Loop[];
  readonly rows: Loop;
  readonly columns: number;
  /** For `lanes`: how many columns one channel of `left` stands for. */
  readonly spread: number;
  readonly sums: SumsLayout;
}

/** Where the sum of (tap, channel) number p, taps in the order in which y is read, group g and channel o of it lies, in bytes: ⌊p/run⌋·outer + (p mod run)·inner + g·group + o·column. */
export interface SumsLayout {
  readonly run: number;
  readonly outer: number;
  readonly inner: number;
  readonly group: number;
  readonly column: number;
  readonly groups: number;
  readonly columns: number;
  readonly size: number;
}

/** @param isDense whether neighbouring pixels of a run lie side by side, in y and in z */
export function gradientPlan(numbers: Numbers, geometry: ConvGeometry, steps: ConvSteps, isDense: boolean): GradientPlan {
  const { bytes, lanes } = numbers;
  const { kernel, dilation, channelsIn, channelsOut } = geometry;
  const isLanes = isDepthwise(numbers, geometry.groups, steps.inChannels, steps.outChannels);
  const [groups, outChannels] = isLanes ? [1, channelsOut] : [geometry.groups, steps.outChannels];
  const { inChannels } = steps;
  const numTaps = product(kernel) * inChannels;
  const width = (columns: number): number => Math.ceil(columns / lanes) * 16;
  // Steps in y, and how many rows of sums: these always follow one another.
  const taps = mergedLoops([
    ...kernel.map((count, a) => ({ count, steps: [dilation[a]! * steps.y[a]!, product(kernel.slice(a + 1)) * inChannels] })),
    { count: inChannels, steps: [bytes, 1] },
  ]);
  const run = taps.at(-1) ?? { count: 1, steps: [bytes, 1] };
  const outerTaps = taps.slice(0, -1);

  if (inChannels > 1 && 2 * outChannels <= lanes) {
    const pitch = width(run.count);
    const group = outChannels * pitch;
    const outer = groups * group;
    return {
      kind: "turned",
      around: [
        { count: groups, steps: [outChannels * bytes, inChannels * bytes, group] },
        ...outerTaps.map(({ count, steps: [y, rows] }) => ({ count, steps: [0, y!, (rows! / run.count) * outer] })),
      ],
      rows: { count: outChannels, steps: [bytes, 0, pitch] },
      columns: run.count,
      spread: 1,
      sums: {
        run: run.count,
        outer,
        inner: bytes,
        group,
        column: pitch,
        groups,
        columns: outChannels,
        size: (numTaps / run.count) * outer,
      },
    };
  }
  const group = width(outChannels);
  const pitch = groups * group;
  const isDot = channelsIn === 1 && channelsOut === 1 && isDense;
  return {
    kind: isDot ? "dot" : isLanes ? "lanes" : "outer",
    around: [
      { count: groups, steps: [inChannels * bytes, outChannels * bytes, group] },
      ...outerTaps.map(({ count, steps: [y, rows] }) => ({ count, steps: [y!, 0, rows! * pitch] })),
    ],
    rows: { count: run.count, steps: [run.steps[0]!, 0, pitch] },
    columns: outChannels,
    spread: isLanes ? steps.outChannels : 1,
    sums: { run: 1, outer: pitch, inner: 0, group, column: bytes, groups, columns: outChannels, size: numTaps * pitch },
  };
}
