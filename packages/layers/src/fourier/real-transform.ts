import { defineLinear, mul, ndarray, type Shape, sizeOf, type Value } from "@paramat/core";
import { fromHalfSpectrum, halfSpectrum, type SignalLayout } from "./half-spectrum.js";

interface RealTransformParams {
  /** Of the real array. */
  readonly axis: number;
  /** Length of the real signals along it. */
  readonly n: number;
  readonly inverse: boolean;
}

/** F x along one axis of a real array, at the frequencies 0 … ⌊n/2⌋ that say everything: [2, …, ⌊n/2⌋ + 1, …], the real plane first. */
export function realTransform(x: Value, axis: number): Value {
  return transformOp(x, { axis, n: x.shape[axis] as number, inverse: false });
}

/** The real array with this half spectrum, and n entries along `axis` (of the real array); the rest of the spectrum is taken as the conjugates. */
export function fromRealTransform(spectrum: Value, axis: number, n: number): Value {
  return transformOp(spectrum, { axis, n, inverse: true });
}

/** How often each frequency of the half stands in the whole spectrum: 1 for 0 and n/2, else 2. */
export function frequencyWeights(n: number): number[] {
  return Array.from({ length: Math.floor(n / 2) + 1 }, (_, k) => (k === 0 || 2 * k === n ? 1 : 2));
}

const transformOp = defineLinear<RealTransformParams>({
  name: "realTransform",
  shape: (x, { axis, n, inverse }) => (inverse ? x.slice(1).with(axis, n) : [2, ...x.with(axis, Math.floor(n / 2) + 1)]),
  forward: (backend, x, { axis, n, inverse }) =>
    inverse
      ? fromHalfSpectrum(backend, x.buffer, layoutOf(x.shape.slice(1), axis, n))
      : halfSpectrum(backend, x.buffer, layoutOf(x.shape, axis, n)),
  // F⁻¹ weighs a frequency by u_k, as often as it stands in the whole spectrum, so Fᵀ = n F⁻¹ diag(1/u), and F⁻ᵀ = diag(u) F / n.
  transpose(ct, { axis, n, inverse }): Value {
    const along = (weights: readonly number[], x: Value, at: number) =>
      mul(x, ndarray(x.backend, weights, [weights.length, ...x.shape.slice(at + 1).map(() => 1)]));
    const u = frequencyWeights(n);
    if (!inverse) {
      const weights = u.map((times) => n / times);
      return transformOp(along(weights, ct, axis + 1), { axis, n, inverse: true });
    }
    const weights = u.map((times) => times / n);
    return along(weights, transformOp(ct, { axis, n, inverse: false }), axis + 1);
  },
});

function layoutOf(shape: Shape, axis: number, n: number): SignalLayout {
  return { lead: sizeOf(shape.slice(0, axis)), grid: [n], inner: sizeOf(shape.slice(axis + 1)) };
}
