import type { Buffer, Contraction, ConvGeometry } from "../backend.js";
import { applyKernel } from "./convolve/apply.js";
import { applyTransposeKernel } from "./convolve/apply-transpose.js";
import { convSteps } from "./convolve/conv-steps.js";
import { jacobianTransposeKernel } from "./convolve/jacobian-transpose.js";
import { zerosKernel } from "./convolve/zeros.js";
import type { Launch, Target } from "./kernel.js";

/**
 * `Backend.convolve` as a kernel. No im2col: one inner loop reads y and z in place, or z among zeros where the transpose needs its border. Operands: as
 * of the method. Each entry is summed term after term in the backend's precision, over threads at last: an error of at most ε · terms · Σ|terms|.
 */
export function lowerConvolve(target: Target, which: Contraction, geometry: ConvGeometry, a: Buffer, b: Buffer): Launch {
  const { lengths } = convSteps(geometry, target.numbers.bytes);
  const length = which === "apply" ? lengths.z : which === "applyTranspose" ? lengths.y : lengths.theta;
  const isEmpty = lengths.theta === 0 || lengths.y === 0 || lengths.z === 0;
  const make = { apply: applyKernel, applyTranspose: applyTransposeKernel, jacobianTranspose: jacobianTransposeKernel }[which];
  return {
    key: `convolve ${which} ${JSON.stringify(geometry)}`,
    make: () => (isEmpty ? zerosKernel(target, length) : make(target, geometry)),
    operands: [
      { buffer: a, offset: 0 },
      { buffer: b, offset: 0 },
    ],
    length,
  };
}
