import type { Buffer, Shape } from "../backend.js";
import { numEntries } from "../cpu/offsets.js";
import { linesAlong } from "./fft/lines.js";
import { transformLines } from "./fft/transform-lines.js";
import type { Device } from "./launch.js";

/** `fft`: one axis after another, the inverse divided by the lengths with the last of them. */
export function lowerFft(device: Device, shape: Shape, axes: readonly number[], inverse: boolean, input: Buffer): Buffer {
  const size = numEntries(shape);
  const active = size === 0 ? [] : axes.filter((axis) => shape[axis]! > 1);
  if (active.length === 0) return device.run({ key: "copy", operands: [input], length: 2 * size, body: () => "return a0[i];" });
  const total = numEntries(active.map((axis) => shape[axis]!));
  return device.scope(() =>
    active.reduce((buffer, axis, i) => {
      const scale = inverse && i === active.length - 1 ? 1 / total : 1;
      return transformLines(device, { lines: linesAlong(shape, axis), from: "complex", to: "complex", inverse, scale }, buffer);
    }, input),
  );
}
