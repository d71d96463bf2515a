import {
  complexFromReal,
  fft,
  ifft,
  mul,
  realPart,
  reshape,
  type Shape,
  ShapeError,
  showShape,
  sizeOf,
  type Tree,
  type Value,
} from "@paramat/core";
import type { BlockForm } from "./block-form.js";

/**
 * K(θ) = F* diag(B_k(θ)) F with F the unitary discrete Fourier transform over the grid, one channelsOut × channelsIn block for each frequency k: every
 * convolution with periodic boundary (lecture, "Convolutions in 1D"; 2-D and 3-D alike). Inputs are [examples, ...grid, channelsIn].
 * @param blocksOf θ to [2, F, channelsOut, channelsIn], F the number of grid points, frequencies in the order of `fft` over the grid, row-major: B_k is
 * the unscaled transform Σ_j e^{−2πi jk/n} K_j of the response K_j = (K(θ)u₁)_j to a unit impulse at the first point
 * @throws ShapeError if a size is not a positive integer
 */
export function fourierForm<Theta extends Tree = Value>(
  grid: Shape,
  channelsIn: number,
  channelsOut: number,
  blocksOf: (theta: Theta) => Value,
): BlockForm<Theta> {
  if (![...grid, channelsIn, channelsOut].every((n) => Number.isInteger(n) && n > 0)) {
    throw new ShapeError(
      `fourierForm: grid ${showShape(grid)}, ${channelsIn} to ${channelsOut} channels; every size must be a positive integer`,
    );
  }
  const points = sizeOf(grid);
  // Axis 0 of the complex array, planes aside, is the examples.
  const axes = grid.map((_, a) => a + 1);
  const root = Math.sqrt(points);
  const analyze = (channels: number) => (y: Value) => {
    const transformed = mul(fft(complexFromReal(reshape(y, [y.shape[0] as number, ...grid, channels])), { axes }), 1 / root);
    return reshape(transformed, [2, y.shape[0] as number, points, channels]);
  };
  const synthesize = (channels: number) => (y: Value) =>
    mul(realPart(ifft(reshape(y, [2, y.shape[1] as number, ...grid, channels]), { axes })), root);
  return {
    numBlocks: points,
    numOut: channelsOut,
    numIn: channelsIn,
    sameBasis: channelsIn === channelsOut,
    isReal: false,
    blocks: blocksOf,
    analyze: analyze(channelsIn),
    synthesize: synthesize(channelsIn),
    analyzeOut: analyze(channelsOut),
    synthesizeOut: synthesize(channelsOut),
  };
}
