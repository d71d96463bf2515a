import { chirpOf, spectrumOfChirp } from "../../cpu/chirp.js";
import { rootOfUnity } from "../../cpu/root-of-unity.js";
import type { Device } from "../launch.js";

/** e^{−2πi k/n} for k < n, as every table here real and imaginary parts in turn. */
export function rootsTable(device: Device, n: number): Float32Array {
  return device.table(`roots ${n}`, () => Float32Array.from(Array.from({ length: n }, (_, k) => rootOfUnity(k, n)).flat()));
}

/** w_j = e^{−πi j²/n} for j < n. */
export function chirpTable(device: Device, n: number): Float32Array {
  return device.table(`chirp ${n}`, () => Float32Array.from(chirpOf(n).flat()));
}

/** (1/M) F w̄ for M = `padded`, w̄ laid out circularly. */
export function chirpSpectrumTable(device: Device, n: number, padded: number): Float32Array {
  return device.table(`chirp ${n} in ${padded}`, () => Float32Array.from(spectrumOfChirp(chirpOf(n), padded).flat()));
}
