import type { Buffer } from "../../backend.js";
import type { Device } from "../launch.js";
import { passes, type Transform } from "./passes.js";
import { radicesOf } from "./radices.js";
import { chirpSpectrumTable, chirpTable } from "./tables.js";
import { timesTable } from "./times-table.js";

/**
 * X_k = w_k Σ_j (x_j w_j) w̄_{k−j} with w_j = e^{−πi j²/n}: a circular convolution of a power of two ≥ 2n − 1 (Bluestein, IEEE Trans. Audio Electroacoust.
 * 18, 1970). The inverse takes the conjugate of every w; the chirp is symmetric, so its spectrum's conjugate is the spectrum of its conjugate.
 */
export function bluestein(device: Device, { lines, from, to, inverse, scale }: Transform, input: Buffer): Buffer {
  const { n } = lines;
  const padded = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const long = { ...lines, n: padded };
  const chirp = { table: chirpTable(device, n), tableName: `chirp ${n}`, isConjugate: inverse };
  const spectrum = { table: chirpSpectrumTable(device, n, padded), tableName: `chirp ${n} in ${padded}`, isConjugate: inverse };
  return device.scope(() => {
    const modulated = timesTable(device, { ...chirp, from, to: "complex", lines, n: padded, scale: 1 }, input);
    const radices = radicesOf(padded)!;
    const between = { lines: long, from: "complex", to: "complex", scale: 1 } as const;
    const image = passes(device, { ...between, inverse: false }, radices, modulated);
    const product = timesTable(device, { ...spectrum, from: "complex", to: "complex", lines: long, n: padded, scale: 1 }, image);
    const back = passes(device, { ...between, inverse: true }, radices, product);
    return timesTable(device, { ...chirp, from: "complex", to, lines: long, n, scale }, back);
  });
}
