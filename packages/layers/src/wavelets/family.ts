import { LawError, ShapeError } from "@paramat/core";
import { daubechiesFilters } from "./daubechies-filters.js";

/** An orthonormal wavelet by its low-pass filter h: Σ_k h_k h_{k+2m} = 1 for m = 0, else 0. The high-pass filter is g_k = (−1)^k h_{L−1−k}. */
export interface WaveletFamily {
  readonly name: string;
  /** h₀ … h_{L−1}, L even. */
  readonly lowPass: readonly number[];
}

/** Haar's wavelet: means and differences of neighbours, h = (1, 1)/√2. */
export const haar: WaveletFamily = { name: "haar", lowPass: [Math.SQRT1_2, Math.SQRT1_2] };

/**
 * Daubechies' wavelet with `order` vanishing moments, Σ_k g_k kᵐ = 0 for m < order, and a filter of 2·order entries (Daubechies, "Orthonormal bases of
 * compactly supported wavelets", Comm. Pure Appl. Math. 41 (1988)). Order 1 is Haar's.
 * @param order 1 … 10
 * @throws ShapeError for any other order
 */
export function daubechies(order: number): WaveletFamily {
  const lowPass = daubechiesFilters[order - 1];
  if (!lowPass) throw new ShapeError(`daubechies: order ${order}; it must be an integer in 1 … ${daubechiesFilters.length}`);
  return { name: `daubechies${order}`, lowPass };
}

/** The high-pass filter g_k = (−1)^k h_{L−1−k}. */
export function highPass({ lowPass }: WaveletFamily): number[] {
  return lowPass.map((_, k) => (k % 2 === 0 ? 1 : -1) * (lowPass[lowPass.length - 1 - k] as number));
}

/** @throws LawError unless the filter has an even number of entries and is orthonormal to its even shifts (to 1e−10) */
export function requireOrthonormal({ name, lowPass }: WaveletFamily): void {
  const length = lowPass.length;
  if (length === 0 || length % 2 !== 0) {
    throw new LawError(`wavelet: the low-pass filter of ${name} has ${length} entries; it must have an even number of them, at least 2`);
  }
  for (let shift = 0; shift < length; shift += 2) {
    const product = lowPass.reduce((s, h, k) => s + h * (lowPass[k + shift] ?? 0), 0);
    const want = shift === 0 ? 1 : 0;
    if (!(Math.abs(product - want) <= 1e-10)) {
      throw new LawError(
        `wavelet: the low-pass filter of ${name} has the product ${product} with itself shifted by ${shift}; it must be ${want}, or the transform is not orthogonal`,
      );
    }
  }
}
