import type { Buffer, Contraction, ConvGeometry } from "../backend.js";
import { applySum } from "./convolve/apply.js";
import { applyTransposeSum } from "./convolve/apply-transpose.js";
import { jacobianTransposeSum } from "./convolve/jacobian-transpose.js";
import type { Device } from "./launch.js";
import { sumOfTerms } from "./sum/sum-of-terms.js";

/** `convolve`: each place gathers the products that meet there. */
export function lowerConvolve(device: Device, which: Contraction, geometry: ConvGeometry, a: Buffer, b: Buffer): Buffer {
  const { grid, kernel, stride, dilation, groups } = geometry;
  return sumOfTerms(device, {
    key: `convolve ${which} [${grid.join()}]*[${kernel.join()}] ${stride.join()} ${dilation.join()} ${groups}`,
    operands: [a, b],
    ...sums[which](geometry),
  });
}

const sums = { apply: applySum, applyTranspose: applyTransposeSum, jacobianTranspose: jacobianTransposeSum } as const;
