import {
  add,
  concat,
  convolve,
  convolveTranspose,
  extend,
  extendTranspose,
  mul,
  ndarray,
  reshape,
  type Shape,
  sizeOf,
  slice,
  stack,
  transpose,
  type Value,
} from "@paramat/core";
import { highPass, type WaveletFamily } from "./family.js";

/** One level of the periodic transform along one axis, as an orthogonal map. */
export interface AnalysisStep {
  /** x to its means a_i = Σ_k h_k x_{2i+k} in the first half of the axis, and its details d_i = Σ_k g_k x_{2i+k} in the second. */
  readonly forward: (x: Value, axis: number) => Value;
  /** The transpose, which is the inverse. */
  readonly backward: (z: Value, axis: number) => Value;
}

/** Filters up to this length are sums of slices, which programs fuse into one pass for each half; longer ones are convolutions. */
const LONGEST_SUM = 4;

/** The step of a wavelet; the axis must have an even length. A filter longer than the axis goes round it more than once. */
export function analysisStep(family: WaveletFamily): AnalysisStep {
  return family.lowPass.length <= LONGEST_SUM ? bySlices(family) : byConvolution(family);
}

function bySlices(family: WaveletFamily): AnalysisStep {
  const [low, high] = [family.lowPass, highPass(family)];
  const pairs = low.length / 2;
  const weighted = (terms: readonly (readonly [number, Value])[]) =>
    terms.map(([weight, x]) => mul(x, weight)).reduce((sum, term) => add(sum, term));
  return {
    forward(x, axis) {
      const n = x.shape[axis] as number;
      const around = extend(x, axis, 0, low.length - 2, "periodic");
      const taps = low.map((_, k) => slice(around, axis, k, k + n - 1, 2));
      const half = (filter: readonly number[]) => weighted(taps.map((tap, k) => [filter[k] as number, tap]));
      return concat([half(low), half(high)], { axis });
    },
    // x_{2i+r} = Σ_q h_{2q+r} a_{i−q} + g_{2q+r} d_{i−q}
    backward(z, axis) {
      const half = (z.shape[axis] as number) / 2;
      const shifted = [slice(z, axis, 0, half), slice(z, axis, half)].map((part) => {
        const around = extend(part, axis, pairs - 1, 0, "periodic");
        return Array.from({ length: pairs }, (_, q) => slice(around, axis, pairs - 1 - q, pairs - 1 - q + half));
      });
      const cells = [0, 1].map((r) =>
        weighted(
          [low, high].flatMap((filter, part) =>
            Array.from({ length: pairs }, (_, q) => [filter[2 * q + r] as number, shifted[part]?.[q] as Value] as const),
          ),
        ),
      );
      return reshape(stack(cells, { axis: axis + 1 }), z.shape);
    },
  };
}

function byConvolution(family: WaveletFamily): AnalysisStep {
  const length = family.lowPass.length;
  const filters = [family.lowPass, highPass(family)] as const;
  // The kernel of a convolution runs backwards over the grid; its two output channels are means and details.
  const kernel = Float64Array.from({ length: 2 * length }, (_, i) => filters[(i % 2) as 0 | 1][length - 1 - Math.floor(i / 2)] as number);
  const theta = (x: Value) => ndarray(x.backend, kernel, [length, 1, 1, 2]);
  const overlap = length - 2;
  return {
    forward(x, axis) {
      const { outer, n, inner } = around(x.shape, axis);
      const extended = extend(reshape(x, [outer, n, inner, 1]), 1, 0, overlap, "periodic");
      // [outer, n/2, inner, 2], whose last axis becomes the halves of the transformed one.
      const both = convolve(theta(x), extended, { stride: [2, 1] });
      return reshape(transpose(both, [0, 3, 1, 2]), x.shape);
    },
    backward(z, axis) {
      const { outer, n, inner } = around(z.shape, axis);
      const both = transpose(reshape(z, [outer, 2, n / 2, inner]), [0, 2, 3, 1]);
      const extended = convolveTranspose(theta(z), both, { stride: [2, 1], grid: [n + overlap, inner] });
      return reshape(extendTranspose(extended, 1, 0, overlap, "periodic"), z.shape);
    },
  };
}

function around(shape: Shape, axis: number) {
  return { outer: sizeOf(shape.slice(0, axis)), n: shape[axis] as number, inner: sizeOf(shape.slice(axis + 1)) };
}
