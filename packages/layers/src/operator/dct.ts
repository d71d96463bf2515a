import { complexFromReal, complexMul, fft, gather, ifft, mul, ndarray, realPart, type Shape, type Value } from "@paramat/core";
import { linearOperator } from "./checked-operator.js";
import { gridAxes } from "./grid-axes.js";
import type { LinearOperator } from "./linear-operator.js";

export interface DctOptions {
  /** Axes of one example to transform, negative ones from the end; the grid (all axes but the last, or the only one) if left out. */
  readonly axes?: number | readonly number[];
}

/**
 * The orthonormal discrete cosine transform of type II, along each of `axes`: z_k = s_k Σ_j y_j cos(π(2j + 1)k/(2n)), s₀ = √(1/n), s_k = √(2/n). Its
 * transpose is its inverse, type III. It diagonalizes symmetric stencils with symmetric boundary.
 * @param inShape of one example, say [...grid, channels]
 * @throws ShapeError if a size is not a positive integer, or an axis is outside `inShape` or named twice
 * @remarks Any length, by one complex FFT of that length: Makhoul, "A fast cosine transform in one and two dimensions", IEEE Trans. ASSP 28 (1980).
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { dct } from "@paramat/layers";
 * dct([4]).apply(ndarray(cpu(), [[1, 1, 1, 1]])).toNested(); // → ≈ [[2, 0, 0, 0]]
 */
export function dct(inShape: Shape, options: DctOptions = {}): LinearOperator {
  const axes = gridAxes("dct", inShape, options.axes).filter((a) => (inShape[a] as number) > 1);
  const steps = axes.map((a) => axisTransform(inShape[a] as number, a + 1, inShape.length + 1));
  return linearOperator({
    name: "dct",
    inShape,
    outShape: inShape,
    tags: ["orthogonal"],
    apply: (y) => steps.reduce((x, step) => step.forward(x), y),
    applyTranspose: (z) => steps.reduceRight((x, step) => step.backward(x), z),
  });
}

interface Step {
  readonly forward: (x: Value) => Value;
  readonly backward: (x: Value) => Value;
}

/**
 * With v = (y₀, y₂, y₄, …, y₅, y₃, y₁), z_k = s_k Re(e^{−iπk/(2n)} (F v)_k). Each factor is transposed in turn, F by n F⁻¹ with the conjugate phase.
 */
function axisTransform(n: number, axis: number, rank: number): Step {
  const order = Array.from({ length: n }, (_, j) => (2 * j < n ? 2 * j : 2 * (n - 1 - j) + 1));
  const inverse = new Int32Array(n);
  order.forEach((from, to) => {
    inverse[from] = to;
  });
  const phase = new Float64Array(2 * n);
  for (let k = 0; k < n; k++) {
    const s = Math.sqrt((k === 0 ? 1 : 2) / n);
    phase[k] = s * Math.cos((Math.PI * k) / (2 * n));
    phase[n + k] = -s * Math.sin((Math.PI * k) / (2 * n));
  }
  const conjugate = phase.map((x, k) => (k < n ? x : -x));
  const along = [2, ...Array.from({ length: rank }, (_, a) => (a === axis ? n : 1))];
  return {
    forward(x) {
      const spectrum = fft(complexFromReal(gather(x, order, { axis })), { axes: axis });
      return realPart(complexMul(spectrum, ndarray(x.backend, phase, along)));
    },
    backward(z) {
      const spectrum = complexMul(complexFromReal(z), ndarray(z.backend, conjugate, along));
      return gather(mul(realPart(ifft(spectrum, { axes: axis })), n), inverse, { axis });
    },
  };
}
