import {
  add,
  concat,
  flip,
  gather,
  imagPart,
  mul,
  ndarray,
  pad,
  realPart,
  reshape,
  type Shape,
  slice,
  stack,
  sub,
  type Value,
} from "@paramat/core";
import { frequencyWeights, fromRealTransform, realTransform } from "../fourier/real-transform.js";
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
 * @remarks Any length, by one real FFT of that length: Makhoul, "A fast cosine transform in one and two dimensions", IEEE Trans. ASSP 28 (1980).
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
 * Makhoul's algorithm: v holds the even entries of x, then the odd ones from the end; with V = F v, c_k = cos(πk/2n) and d_k = sin(πk/2n),
 * z_k = s_k (c_k Re V_k + d_k Im V_k) and z_{n−k} = s_k (d_k Re V_k − c_k Im V_k). The way back is the transpose, as the transform is orthogonal.
 */
function axisTransform(n: number, axis: number, rank: number): Step {
  const kept = Math.floor(n / 2) + 1;
  const others = n - kept;
  const along = [kept, ...new Array<number>(rank - axis - 1).fill(1)];
  const table = (ofAngle: (x: number) => number, factor: (k: number) => number) =>
    Float64Array.from({ length: kept }, (_, k) => factor(k) * ofAngle((Math.PI * k) / (2 * n)));
  const scale = (k: number) => Math.sqrt((k === 0 ? 1 : 2) / n);
  // Fᵀ = n F⁻¹ diag(1/u).
  const u = frequencyWeights(n);
  const back = (k: number) => (scale(k) * n) / (u[k] as number);
  const tables = { forward: [table(Math.cos, scale), table(Math.sin, scale)], backward: [table(Math.cos, back), table(Math.sin, back)] };
  const turned = (x: Value, which: keyof typeof tables) =>
    tables[which].map((values) => ndarray(x.backend, values, along)) as [c: Value, d: Value];
  return {
    forward(x) {
      const v = concat([slice(x, axis, 0, n, 2), flip(slice(x, axis, 1, n, 2), axis)], { axis });
      const [c, d] = turned(x, "forward");
      const spectrum = realTransform(v, axis);
      const [re, im] = [realPart(spectrum), imagPart(spectrum)];
      const low = add(mul(re, c), mul(im, d));
      const high = slice(sub(mul(re, d), mul(im, c)), axis, 1, 1 + others);
      return concat([low, flip(high, axis)], { axis });
    },
    backward(z) {
      const [c, d] = turned(z, "backward");
      const low = slice(z, axis, 0, kept);
      const high = pad(
        flip(slice(z, axis, kept, n), axis),
        z.shape.map((_, a) => (a === axis ? [1, kept - 1 - others] : [0, 0]) as [number, number]),
      );
      const spectrum = stack([add(mul(low, c), mul(high, d)), sub(mul(low, d), mul(high, c))]);
      const v = fromRealTransform(spectrum, axis, n);
      if (n % 2 === 1) return gather(v, unshuffled(n), { axis });
      const halves = [slice(v, axis, 0, n / 2), flip(slice(v, axis, n / 2, n), axis)];
      return reshape(stack(halves, { axis: axis + 1 }), z.shape);
    },
  };
}

/** Where the entries of x stand among the even ones in order and the odd ones from the end. */
function unshuffled(n: number): number[] {
  return Array.from({ length: n }, (_, j) => (j % 2 === 0 ? j / 2 : n - (j + 1) / 2));
}
