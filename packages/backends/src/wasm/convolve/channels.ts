import type { Numbers } from "../numbers.js";

/**
 * Which inner kernel a convolution runs on. `outer`: pixels × vectors of channels, any sizes. `pixels`: one channel in and out, vectors of neighbouring
 * pixels. `dot`: to one or two channels, vectors along the channels that are summed. `lanes`: depthwise, vectors of channels that do not mix.
 */
export type KernelKind = "outer" | "pixels" | "dot" | "lanes";

/** Columns of the result that one pass of the inner kernel makes. */
export interface Panel {
  readonly vectors: number;
  /** Lanes of the last vector that are columns. */
  readonly lastLanes: number;
  /** How many such panels follow one another. */
  readonly count: number;
}

/** The shape of a convolution as its inner kernel sees it: sums over `inChannels` of a tap, to `outChannels`, in each group. */
export interface Channels {
  readonly kind: KernelKind;
  readonly groups: number;
  readonly inChannels: number;
  readonly outChannels: number;
  /** Whole panels, then perhaps a narrower one. */
  readonly panels: readonly Panel[];
  /** For `lanes`: how many channels of the result read one channel of the input, and how many lanes make one channel of the result. */
  readonly spread?: number;
  readonly gather?: number;
}

/**
 * @param options.isDepthwise as `isDepthwise` says of the geometry
 * @param options.isDense whether neighbours along the last axis of positions lie side by side, in the input and in the result
 * @param options.pixels the most positions along one axis
 */
export function channelsOf(
  numbers: Numbers,
  sizes: { readonly groups: number; readonly inChannels: number; readonly outChannels: number },
  options: { readonly isDepthwise: boolean; readonly isDense: boolean; readonly pixels: number },
): Channels {
  const { groups, inChannels, outChannels } = sizes;
  if (options.isDepthwise) {
    const [spread, gather] = [outChannels, inChannels];
    const width = groups * spread * gather;
    // Channels of a group stay in one panel.
    const panels = panelsOf(numbers, width, spread * gather === 3 ? 3 : 2);
    return { kind: "lanes", groups: 1, inChannels: 1, outChannels: width, panels, spread, gather };
  }
  const whole = { count: 1, vectors: 1, lastLanes: outChannels };
  if (groups === 1 && inChannels === 1 && outChannels === 1 && options.isDense) return { kind: "pixels", ...sizes, panels: [whole] };
  if (inChannels > 1 && 2 * outChannels <= numbers.lanes) return { kind: "dot", ...sizes, panels: [whole] };
  // Where few pixels lie in a row, wider panels keep as many sums going at once.
  const vectors = options.pixels >= 3 ? 2 : options.pixels === 2 ? 4 : 6;
  return { kind: "outer", ...sizes, panels: panelsOf(numbers, outChannels, vectors) };
}

/** Whether groups have one channel of y and less than a vector of channels of z, so that lanes are best filled from several groups. */
export function isDepthwise({ lanes }: Numbers, groups: number, inChannels: number, outChannels: number): boolean {
  return groups > 1 && inChannels === 1 && outChannels < Math.max(2, lanes);
}

/** Whole panels of `vectors` vectors, then one of what is left. */
function panelsOf({ lanes }: Numbers, columns: number, vectors: number): readonly Panel[] {
  const width = Math.min(vectors, Math.ceil(columns / lanes)) * lanes;
  const whole = Math.floor(columns / width);
  const rest = columns - whole * width;
  const restVectors = Math.ceil(rest / lanes);
  return [
    ...(whole > 0 ? [{ count: whole, vectors: width / lanes, lastLanes: lanes }] : []),
    ...(rest > 0 ? [{ count: 1, vectors: restVectors, lastLanes: rest - (restVectors - 1) * lanes }] : []),
  ];
}
