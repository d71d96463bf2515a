import { complexFromReal, fft, reshape, type Shape, sizeOf, type Tree, transpose, type Value } from "@paramat/core";
import type { BlockForm } from "../structure/block-form.js";
import { fourierForm } from "../structure/fourier-form.js";

/** Grid and channels of a periodic convolution; the channels are those of one group. */
export interface PeriodicShape {
  readonly grid: Shape;
  readonly groups: number;
  readonly channelsIn: number;
  readonly channelsOut: number;
}

/**
 * K(θ) = F* diag(B_{k,g}(θ)) F, one channelsOut × channelsIn block for each frequency and group, from the first column: B = F κ(θ), κ = K(θ)u₁ (lecture,
 * "2D Convolution using FFTs").
 * @param responseOf θ to κ, [...grid, channelsIn, groups·channelsOut]
 */
export function periodicForm<Theta extends Tree = Value>(shape: PeriodicShape, responseOf: (theta: Theta) => Value): BlockForm<Theta> {
  const { grid, groups, channelsIn, channelsOut } = shape;
  const points = sizeOf(grid);
  const numBlocks = points * groups;
  const blocks = (theta: Theta) => {
    const transformed = fft(complexFromReal(responseOf(theta)), { axes: grid.map((_, a) => a) });
    const byGroup = transpose(reshape(transformed, [2, points, channelsIn, groups, channelsOut]), [0, 1, 3, 4, 2]);
    return reshape(byGroup, [2, numBlocks, channelsOut, channelsIn]);
  };
  const form = fourierForm(grid, groups * channelsIn, groups * channelsOut, blocks);
  // Channels lie group by group, so a group's share of each frequency is already together.
  const split = (y: Value, channels: number) => reshape(y, [2, y.shape[1] as number, numBlocks, channels]);
  const join = (y: Value, channels: number) => reshape(y, [2, y.shape[1] as number, points, groups * channels]);
  return {
    ...form,
    numBlocks,
    numOut: channelsOut,
    numIn: channelsIn,
    analyze: (y) => split(form.analyze(y), channelsIn),
    synthesize: (y) => form.synthesize(join(y, channelsIn)),
    analyzeOut: (z) => split(form.analyzeOut(z), channelsOut),
    synthesizeOut: (z) => form.synthesizeOut(join(z, channelsOut)),
  };
}
