import type { Buffer } from "../../backend.js";
import type { Device } from "../launch.js";
import type { Form, Lines } from "./lines.js";
import { fftPass } from "./pass.js";

/** What is done along lines of n ≥ 2 numbers: e^{−2πi jk/n}, or the conjugate for the inverse, times `scale`. From real lines the transform is never the inverse. */
export interface Transform {
  readonly lines: Lines;
  readonly from: Form;
  readonly to: Form;
  readonly inverse: boolean;
  readonly scale: number;
}

/** A transform whose length is the product of `radices`, one launch for each of them. */
export function passes(device: Device, { lines, from, to, inverse, scale }: Transform, radices: readonly number[], input: Buffer): Buffer {
  const last = radices.length - 1;
  return device.scope(() => {
    let before = 1;
    return radices.reduce((buffer, radix, i) => {
      const forms = { from: i === 0 ? from : "complex", to: i === last ? to : "complex" } as const;
      const out = fftPass(device, { lines, radix, before, ...forms, inverse, scale: i === last ? scale : 1 }, buffer);
      before *= radix;
      return out;
    }, input);
  });
}
