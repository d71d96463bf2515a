import type { Backend, Buffer, Contraction } from "@paramat/backends";
import { defineTrilinear, type Shape, sizeOf } from "@paramat/core";
import { type FrequencySizes, frequencyProduct } from "./frequency-product.js";
import { fromHalfSpectrum, halfGrid, halfSpectrum, realFilter } from "./half-spectrum.js";

/** The sizes of a periodic convolution whose kernel covers the whole grid. */
export interface PeriodicSizes {
  readonly examples: number;
  readonly grid: Shape;
  readonly groups: number;
  /** Channels of one group. */
  readonly channelsIn: number;
  readonly channelsOut: number;
}

/**
 * z_i = Σ_j κ_j y_{i−j}, indices modulo the grid, by the Fourier transform: K = F* diag(B_k) F with B = F κ (lecture, "2D Convolution using FFTs").
 * κ = K u₁ is [...grid, channelsIn, groups·channelsOut], y is [examples, ...grid, groups·channelsIn], z is [examples, ...grid, groups·channelsOut].
 * Each contraction is two transforms, one small product for each frequency, and one transform back: for Kᵀz the blocks are Bᴴ, for the κ-gradient they
 * are Σₑ ẑ ŷᴴ.
 * @remarks Signals are real, so half of the frequencies are computed. Any length; powers of two are fastest. Examples never meet: one with an infinity
 * leaves the others as they are.
 */
export const periodicConvolve = defineTrilinear<PeriodicSizes>({
  name: "periodicConvolve",
  thetaShape: ({ grid, groups, channelsIn, channelsOut }) => [...grid, channelsIn, groups * channelsOut],
  yShape: ({ examples, grid, groups, channelsIn }) => [examples, ...grid, groups * channelsIn],
  zShape: ({ examples, grid, groups, channelsOut }) => [examples, ...grid, groups * channelsOut],
  contract: (which, backend, a, b, sizes) => contract(which, backend, a.buffer, b.buffer, sizes),
});

function contract(which: Contraction, backend: Backend, a: Buffer, b: Buffer, sizes: PeriodicSizes): Buffer {
  const { grid, examples, groups, channelsIn, channelsOut } = sizes;
  const response = { lead: 1, grid, inner: channelsIn * groups * channelsOut };
  const y = { lead: examples, grid, inner: groups * channelsIn };
  const z = { lead: examples, grid, inner: groups * channelsOut };
  const [first, second, result] = {
    apply: [response, y, z] as const,
    applyTranspose: [response, z, y] as const,
    jacobianTranspose: [y, z, response] as const,
  }[which];
  const filtered = channelsIn === 1 && channelsOut === 1 && which !== "jacobianTranspose" ? realFilter(backend, grid) : undefined;
  if (filtered) return filtered(which === "applyTranspose", [examples, ...grid, groups], b, halfSpectrum(backend, a, first));
  const frequencies: FrequencySizes = { ...sizes, frequencies: sizeOf(halfGrid(grid)) };
  const product = frequencyProduct(which, backend, frequencies, halfSpectrum(backend, a, first), halfSpectrum(backend, b, second));
  return fromHalfSpectrum(backend, product, result);
}
