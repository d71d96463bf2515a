import { type Boundary, mul, type Shape, ShapeError, showShape } from "@paramat/core";
import { linearOperator } from "./checked-operator.js";
import { gridAxes } from "./grid-axes.js";
import type { LinearOperator } from "./linear-operator.js";
import { countsPerAxis } from "./per-axis.js";
import { upsampling } from "./upsampling.js";

export interface FullWeightingOptions {
  /** How the coarse axis goes on beyond its last point; default `"replicate"`. */
  readonly boundary?: Boundary;
  /** Axes of one example; the grid (all but the last, or the only one) if left out. */
  readonly axes?: number | readonly number[];
}

/**
 * R = Pᵀ/factorᵈ with P linear interpolation along d axes: for factor 2, z_i = (y_{2i−1} + 2y_{2i} + y_{2i+1})/4 inside. The restriction of multigrid
 * methods, with which R K P is the Galerkin coarse version of K.
 * @param inShape of one fine example, say [...grid, channels]
 * @param factor one number, or one for each axis; default 2
 * @throws ShapeError if an axis is not a multiple of its factor
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { fullWeighting } from "@paramat/layers";
 * fullWeighting([4], 2, { boundary: "periodic" }).apply(ndarray(cpu(), [[4, 8, 0, 0]])).toNested(); // → [[4, 2]]
 */
export function fullWeighting(inShape: Shape, factor: number | Shape = 2, options: FullWeightingOptions = {}): LinearOperator {
  const op = "fullWeighting";
  const { boundary = "replicate" } = options;
  const axes = gridAxes(op, inShape, options.axes);
  const factors = countsPerAxis(op, "factor", factor, axes.length);
  const coarse = [...inShape];
  axes.forEach((axis, k) => {
    const [n, f] = [inShape[axis] as number, factors[k] as number];
    if (n % f !== 0) throw new ShapeError(`${op}: axis ${axis} of ${showShape(inShape)} has ${n} points; it must be a multiple of ${f}`);
    coarse[axis] = n / f;
  });
  const P = upsampling(coarse, factors, { method: "linear", boundary, axes });
  const scale = 1 / factors.reduce((a, b) => a * b, 1);
  return linearOperator({
    name: op,
    inShape,
    outShape: coarse,
    apply: (y) => mul(P.applyTranspose(y), scale),
    applyTranspose: (z) => mul(P.apply(z), scale),
  });
}
