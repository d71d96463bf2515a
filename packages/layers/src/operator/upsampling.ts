import {
  add,
  type Boundary,
  extend,
  extendTranspose,
  mul,
  ndarray,
  pad,
  repeat,
  reshape,
  type Shape,
  scatterAdd,
  slice,
  sum,
  type Value,
} from "@paramat/core";
import { type AxisMap, alongAxes } from "./along-axes.js";
import { gridAxes } from "./grid-axes.js";
import type { LinearOperator } from "./linear-operator.js";
import { countsPerAxis } from "./per-axis.js";

export interface UpsamplingOptions {
  /** What stands between the points; default `"nearest"`. */
  readonly method?: "zero" | "nearest" | "linear";
  /** How the axis goes on beyond its last point, for `"linear"`; default `"replicate"`. */
  readonly boundary?: Boundary;
  /** Axes of one example; the grid (all but the last, or the only one) if left out. */
  readonly axes?: number | readonly number[];
}

/**
 * From n points to factor·n on each axis; point i becomes point factor·i, and between two of them stand, for r = 1 … factor − 1,
 * `zero` 0; `nearest` y_i; `linear` (1 − r/factor) y_i + (r/factor) y_{i+1}. `restriction(…, factor)` undoes it; with `zero` it is its transpose.
 * @param inShape of one example, say [...grid, channels]
 * @param factor one number, or one for each axis
 * @throws ShapeError if factor is not a positive integer
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { upsampling } from "@paramat/layers";
 * const y = ndarray(cpu(), [[1, 3]]);
 * upsampling([2], 2).apply(y).toNested(); // → [[1, 1, 3, 3]]
 * upsampling([2], 2, { method: "linear" }).apply(y).toNested(); // → [[1, 2, 3, 3]]
 */
export function upsampling(inShape: Shape, factor: number | Shape, options: UpsamplingOptions = {}): LinearOperator {
  const { method = "nearest", boundary = "replicate" } = options;
  const axes = gridAxes("upsampling", inShape, options.axes);
  const factors = countsPerAxis("upsampling", "factor", factor, axes.length);
  const mapOf = { zero: zeroBetween, nearest: repeated, linear: (n: number, f: number) => interpolated(n, f, boundary) }[method];
  return alongAxes(`upsampling ${method}`, inShape, axes, (n, k) => mapOf(n, factors[k] as number));
}

function zeroBetween(n: number, factor: number): AxisMap {
  const places = Int32Array.from({ length: n }, (_, i) => factor * i);
  return {
    size: factor * n,
    apply: (x, axis) => scatterAdd(x, places, factor * n, { axis }),
    applyTranspose: (z, axis) => slice(z, axis, 0, undefined, factor),
  };
}

function repeated(n: number, factor: number): AxisMap {
  return {
    size: factor * n,
    apply: (x, axis) => repeat(x, factor, axis),
    applyTranspose: (z, axis) => sum(reshape(z, apart(z.shape, axis, n, factor)), { axes: axis + 1 }),
  };
}

function interpolated(n: number, factor: number, boundary: Boundary): AxisMap {
  const fractions = Float64Array.from({ length: factor }, (_, r) => r / factor);
  // Along a new axis behind the one that is refined.
  const weights = (x: Value, axis: number, values: Float64Array) =>
    ndarray(x.backend, values, [factor, ...new Array<number>(x.shape.length - 1 - axis).fill(1)]);
  const own = (x: Value, axis: number) =>
    weights(
      x,
      axis,
      fractions.map((f) => 1 - f),
    );
  const next = (x: Value, axis: number) => weights(x, axis, fractions);
  return {
    size: factor * n,
    apply(x, axis) {
      const following = slice(extend(x, axis, 0, 1, boundary), axis, 1);
      const spread = (y: Value) => reshape(y, apart(y.shape, axis, n, 1));
      const fine = add(mul(spread(x), own(x, axis)), mul(spread(following), next(x, axis)));
      return reshape(
        fine,
        x.shape.map((size, a) => (a === axis ? factor * n : size)),
      );
    },
    applyTranspose(z, axis) {
      const fine = reshape(z, apart(z.shape, axis, n, factor));
      const here = sum(mul(fine, own(z, axis)), { axes: axis + 1 });
      const following = sum(mul(fine, next(z, axis)), { axes: axis + 1 });
      const shifted = pad(
        following,
        following.shape.map((_, a) => (a === axis ? [1, 0] : [0, 0])),
      );
      return add(here, extendTranspose(shifted, axis, 0, 1, boundary));
    },
  };
}

/** The shape with one axis written as two, n × m. */
function apart(shape: Shape, axis: number, n: number, m: number): Shape {
  return [...shape.slice(0, axis), n, m, ...shape.slice(axis + 1)];
}
