import { fourierPlan } from "./fourier.js";
import { rootOfUnity } from "./root-of-unity.js";

/** Bluestein's chirp w_j = e^{−πi j²/n} for j < n, as [re, im]. The angle is reduced in whole numbers: j² mod 2n grows by 2j + 1. */
export function chirpOf(n: number): (readonly [number, number])[] {
  let square = 0;
  return Array.from({ length: n }, (_, j) => {
    const root = rootOfUnity(square, 2 * n);
    square = (square + 2 * j + 1) % (2 * n);
    return root;
  });
}

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
