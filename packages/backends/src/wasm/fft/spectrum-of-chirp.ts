import { fourierPlan } from "../../cpu/fourier.js";

/** (1/M) F b for the conjugate chirp b_j = w̄_j, laid out circularly with period M. */
export function spectrumOfChirp(chirp: readonly (readonly [number, number])[], padded: number): (readonly [number, number])[] {
  const kernel = new Float64Array(2 * padded);
  chirp.forEach(([re, im], j) => {
    for (const at of [j, j === 0 ? 0 : padded - j]) kernel.set([re, -im], 2 * at);
  });
  const spectrum = new Float64Array(2 * padded);
  fourierPlan(padded)(spectrum, kernel);
  return Array.from({ length: padded }, (_, k) => [spectrum[2 * k]! / padded, spectrum[2 * k + 1]! / padded] as const);
}
