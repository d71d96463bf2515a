import type { Buffer, Shape } from "../backend.js";
import { numEntries } from "../cpu/offsets.js";
import { linesAlong } from "./fft/lines.js";
import { spectralProduct } from "./fft/spectral-product.js";
import { transformLines } from "./fft/transform-lines.js";
import type { Device } from "./launch.js";
import { lowerFft } from "./lower-fft.js";

/** `realFft`: the last axis listed goes from real lines to half of their transforms, the others are transformed there; the inverse goes the same way back. */
export function lowerRealFft(device: Device, shape: Shape, axes: readonly number[], inverse: boolean, input: Buffer): Buffer {
  const last = axes.at(-1)!;
  const others = axes.slice(0, -1);
  const half = halfShape(shape, axes);
  const length = inverse ? numEntries(shape) : 2 * numEntries(half);
  if (length === 0) return device.run({ key: "nothing", operands: [], length, body: () => "" });
  const lines = linesAlong(shape, last);
  return device.scope(() => {
    if (!inverse) {
      const spectra = transformLines(device, { lines, from: "real", to: "half", inverse: false, scale: 1 }, input);
      return others.length === 0 ? spectra : lowerFft(device, half, others, false, spectra);
    }
    const spectra = others.length === 0 ? input : lowerFft(device, half, others, true, input);
    return transformLines(device, { lines, from: "half", to: "real", inverse: true, scale: 1 / lines.n }, spectra);
  });
}

/** `realFilter`: all the way there, a product, and all the way back. */
export function lowerRealFilter(
  device: Device,
  shape: Shape,
  axes: readonly number[],
  conjugate: boolean,
  input: Buffer,
  spectrum: Buffer,
): Buffer {
  return device.scope(() => {
    const spectra = lowerRealFft(device, shape, axes, false, input);
    const [lead, ...entry] = halfShape(shape, axes);
    const product = spectralProduct(device, lead!, numEntries(entry), conjugate, spectra, spectrum);
    return lowerRealFft(device, shape, axes, true, product);
  });
}

/** The last axis listed up to ⌊n/2⌋. */
function halfShape(shape: Shape, axes: readonly number[]): Shape {
  const last = axes.at(-1)!;
  return shape.with(last, Math.floor(shape[last]! / 2) + 1);
}
