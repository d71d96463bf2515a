import { concat, type Shape, ShapeError, showShape, slice, type Value } from "@paramat/core";
import { linearOperator } from "../operator/checked-operator.js";
import { gridAxes } from "../operator/grid-axes.js";
import type { LinearOperator } from "../operator/linear-operator.js";
import { analysisStep } from "./analysis-step.js";
import { haar, requireOrthonormal, type WaveletFamily } from "./family.js";

export interface WaveletOptions {
  /** `haar` (default), `daubechies(order)`, or a filter of your own. */
  readonly family?: WaveletFamily;
  /** How many times the coarse part is transformed again; default 1. */
  readonly levels?: number;
  /** Axes of one example to transform, negative ones from the end; the grid (all axes but the last, or the only one) if left out. */
  readonly axes?: number | readonly number[];
}

/**
 * The orthonormal periodic wavelet transform W y, WᵀW = I (lecture, "Other Operators for Imaging Tasks"): along each axis means a_i = Σ_k h_k y_{2i+k}
 * and details d_i = Σ_k g_k y_{2i+k}, again on the coarse part for each further level.
 * @param inShape of one example, say [...grid, channels]; also the shape of the coefficients
 * @returns coefficients in place: on each axis the first n/2^levels entries are the coarse part, then come the details from coarse to fine
 * @throws ShapeError if the size of an axis is not divisible by 2^levels
 * @throws LawError if the filter is not orthonormal
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { wavelet } from "@paramat/layers";
 * wavelet([4], { levels: 2 }).apply(ndarray(cpu(), [[5, 3, 1, 7]])).toNested(); // → ≈ [[8, 0, 1.41421356, -4.24264069]]
 */
export function wavelet(inShape: Shape, options: WaveletOptions = {}): LinearOperator {
  const { family = haar, levels = 1 } = options;
  const axes = gridAxes("wavelet", inShape, options.axes);
  requireOrthonormal(family);
  if (!(Number.isInteger(levels) && levels >= 0)) throw new ShapeError(`wavelet: ${levels} levels; it must be an integer ≥ 0`);
  const odd = axes.find((a) => (inShape[a] as number) % 2 ** levels !== 0);
  if (odd !== undefined) {
    throw new ShapeError(
      `wavelet: axis ${odd} of ${showShape(inShape)} has ${inShape[odd]} entries; for ${levels} levels it must be divisible by 2^${levels} = ${2 ** levels}`,
    );
  }
  const step = analysisStep(family);
  // Axes of a batch, where the examples come first.
  const batchAxes = axes.map((a) => a + 1);
  const forward = (x: Value, level: number): Value => {
    if (level === levels) return x;
    const z = batchAxes.reduce((y, axis) => step.forward(y, axis), x);
    return onCoarsePart(z, batchAxes, (coarse) => forward(coarse, level + 1));
  };
  const backward = (z: Value, level: number): Value => {
    if (level === levels) return z;
    const x = onCoarsePart(z, batchAxes, (coarse) => backward(coarse, level + 1));
    return batchAxes.reduceRight((y, axis) => step.backward(y, axis), x);
  };
  return linearOperator({
    name: `wavelet ${family.name}`,
    inShape,
    outShape: inShape,
    tags: ["orthogonal"],
    apply: (y) => forward(y, 0),
    applyTranspose: (z) => backward(z, 0),
  });
}

/** z with f applied to its first half along all of the axes. */
function onCoarsePart(z: Value, [axis, ...rest]: readonly number[], f: (coarse: Value) => Value): Value {
  if (axis === undefined) return f(z);
  const half = (z.shape[axis] as number) / 2;
  const coarse = onCoarsePart(slice(z, axis, 0, half), rest, f);
  return concat([coarse, slice(z, axis, half)], { axis });
}
