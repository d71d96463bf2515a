import { rootOfUnity } from "../../wasm/fft/roots.js";
import { spectrumOfChirp } from "../../wasm/fft/spectrum-of-chirp.js";
import type { Device } from "../launch.js";

/** e^{−2πi k/n} for k < n, as every table here real and imaginary parts in turn. */
export function rootsTable(device: Device, n: number): Float32Array {
  return device.table(`roots ${n}`, () => Float32Array.from(Array.from({ length: n }, (_, k) => rootOfUnity(k, n)).flat()));
}

/** w_j = e^{−πi j²/n} for j < n. */
export function chirpTable(device: Device, n: number): Float32Array {
  return device.table(`chirp ${n}`, () => Float32Array.from(chirp(n).flat()));
}

/** (1/M) F w̄ for M = `padded`, w̄ laid out circularly. */
export function chirpSpectrumTable(device: Device, n: number, padded: number): Float32Array {
  return device.table(`chirp ${n} in ${padded}`, () => Float32Array.from(spectrumOfChirp(chirp(n), padded).flat()));
}

/** The angle is reduced in whole numbers: j² mod 2n grows by 2j + 1. */
function chirp(n: number): (readonly [number, number])[] {
  const out: (readonly [number, number])[] = [];
  for (let j = 0, square = 0; j < n; j++) {
    out.push(rootOfUnity(square, 2 * n));
    square = (square + 2 * j + 1) % (2 * n);
  }
  return out;
}
