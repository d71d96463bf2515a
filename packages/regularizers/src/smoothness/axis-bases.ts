import {
  complexFromReal,
  concat,
  fft,
  flip,
  ifft,
  imagPart,
  mul,
  ndarray,
  realPart,
  reshape,
  type Shape,
  slice,
  type Value,
  zeros,
} from "@paramat/core";
import { dct } from "@paramat/layers";

/**
 * An orthonormal basis of vectors of length n, k = 0 … n − 1, j = 0 … n − 1:
 * `fourier` e^{2πijk/n} (periodic); `cosine` cos(π(2j + 1)k/(2n)), the DCT-II (symmetric); `sine` sin(π(j + 1)(k + 1)/(n + 1)), the DST-I (zero);
 * `half sine` sin(π(2j + 1)(k + 1)/(2n)), the DST-II (antisymmetric).
 */
export type AxisBasis = "fourier" | "cosine" | "sine" | "half sine";

/**
 * T* f(T x), real part, where T transforms along the axes after the first, each by its basis.
 * @param shape to see x in: [rows, ...grid, channels], one basis for each axis of the grid
 * @param f on the coefficients, real or complex planes; it multiplies them by real numbers that broadcast over the grid
 */
export function throughBases(x: Value, shape: Shape, bases: readonly AxisBasis[], f: (coefficients: Value) => Value): Value {
  const real = bases.flatMap((basis, k) => (basis === "fourier" ? [] : [realTransform(basis, shape, k + 1)]));
  const axes = bases.flatMap((basis, k) => (basis === "fourier" ? [k + 1] : []));
  const seen = real.reduce((y, { forward }) => forward(y), reshape(x, shape));
  const changed = axes.length === 0 ? f(seen) : realPart(ifft(f(fft(complexFromReal(seen), { axes })), { axes }));
  const back = real.reduceRight((y, { backward }) => backward(y), changed);
  return reshape(back, x.shape);
}

interface RealTransform {
  readonly forward: (x: Value) => Value;
  readonly backward: (x: Value) => Value;
}

function realTransform(basis: Exclude<AxisBasis, "fourier">, shape: Shape, axis: number): RealTransform {
  if (basis === "sine") {
    const sine = (x: Value) => sineTransform(x, axis);
    // Symmetric and orthonormal, so its own inverse.
    return { forward: sine, backward: sine };
  }
  const C = dct(shape.slice(1), { axes: axis - 1 });
  if (basis === "cosine") return { forward: (x) => C.apply(x), backward: (x) => C.applyTranspose(x) };
  // sin(π(2j + 1)(k + 1)/(2n)) = (−1)ʲ cos(π(2j + 1)(n − 1 − k)/(2n))
  const alternate = (x: Value) => mul(x, signs(x, axis));
  return { forward: (x) => flip(C.apply(alternate(x)), axis), backward: (x) => alternate(C.applyTranspose(flip(x, axis))) };
}

/** √(2/(n + 1)) Σ_j x_j sin(π(j + 1)(k + 1)/(n + 1)): of the odd extension 0, x, 0, −x reversed the transform is −2i times that sum. */
function sineTransform(x: Value, axis: number): Value {
  const n = x.shape[axis] as number;
  const zero = zeros(
    x.backend,
    x.shape.map((size, a) => (a === axis ? 1 : size)),
  );
  const odd = concat([zero, x, zero, mul(flip(x, axis), -1)], { axis });
  const spectrum = imagPart(fft(complexFromReal(odd), { axes: axis }));
  return mul(slice(spectrum, axis, 1, n + 1), -1 / Math.sqrt(2 * (n + 1)));
}

function signs(x: Value, axis: number): Value {
  const n = x.shape[axis] as number;
  const along = x.shape.map((_, a) => (a === axis ? n : 1));
  return ndarray(
    x.backend,
    Float64Array.from({ length: n }, (_, j) => (j % 2 === 0 ? 1 : -1)),
    along,
  );
}
