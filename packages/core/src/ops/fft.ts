import { defineLinear } from "../define/linear.js";
import { ShapeError } from "../errors.js";
import { normalizeAxes, type Shape, showShape } from "../shape.js";
import type { Value } from "../value.js";
import { mul } from "./mul.js";

export interface FftOptions {
  /** Axes of the complex array, not counting the one of the two planes; negative ones from the end; all if left out. */
  readonly axes?: number | readonly number[];
}

/**
 * The discrete Fourier transform F x along `axes`: z_k = Σ_j e^{−2πi jk/n} x_j, unscaled, any length.
 * @param x [2, ...shape]: the real plane, then the imaginary one
 * @returns [2, ...shape]
 * @throws ShapeError if axis 0 is not the two planes, or an axis is outside `shape`
 */
export function fft(x: Value, options: FftOptions = {}): Value {
  return fftOp(x, { axes: transformAxes("fft", x.shape, options), inverse: false });
}

/** The inverse transform F⁻¹ x: z_j = (1/n) Σ_k e^{+2πi jk/n} x_k. Shapes and errors as `fft`. */
export function ifft(x: Value, options: FftOptions = {}): Value {
  return fftOp(x, { axes: transformAxes("ifft", x.shape, options), inverse: true });
}

interface FftParams {
  readonly axes: readonly number[];
  readonly inverse: boolean;
}

const fftOp = defineLinear<FftParams>({
  name: "fft",
  shape: (x) => x,
  forward: (backend, x, { axes, inverse }) => backend.fft(x.shape.slice(1), axes, inverse, x.buffer),
  // On the planes F = [[C, S], [−S, C]] with C, S the symmetric cosine and sine matrices, so Fᵀ = [[C, −S], [S, C]] = n F⁻¹, and F⁻ᵀ = F/n.
  transpose(ct, { axes, inverse }, x): Value {
    const n = axes.reduce((product, axis) => product * (x[axis + 1] as number), 1);
    const back = fftOp(ct, { axes, inverse: !inverse });
    return n === 1 ? back : mul(back, inverse ? 1 / n : n);
  },
});

function transformAxes(op: string, shape: Shape, { axes }: FftOptions): number[] {
  if (shape[0] !== 2)
    throw new ShapeError(`${op}: x is ${showShape(shape)}; axis 0 must hold 2 planes, real and imaginary (complexFromReal makes them)`);
  return normalizeAxes(op, axes, shape.length - 1);
}
