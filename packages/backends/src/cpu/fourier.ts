import FFT from "fft.js";

/** out = F in for one length: interleaved complex numbers, forward e^{−2πi jk/n}, unscaled. `source` and `out` must differ. */
export type FourierPlan = (out: Float64Array, source: Float64Array) => void;

/** The forward transform of length n ≥ 1: powers of two directly, every other length through Bluestein's chirp. */
export function fourierPlan(n: number): FourierPlan {
  if (n === 1) {
    return (out, source) => {
      out[0] = source[0]!;
      out[1] = source[1]!;
    };
  }
  if ((n & (n - 1)) === 0) {
    const radix = new FFT(n);
    return (out, source) => radix.transform(out, source);
  }
  return bluestein(n);
}

/**
 * X_k = w_k Σ_j (x_j w_j) w̄_{k−j} with w_j = e^{−πi j²/n}: a circular convolution of a power of two ≥ 2n − 1 (Bluestein, IEEE Trans. Audio
 * Electroacoust. 18, 1970).
 */
function bluestein(n: number): FourierPlan {
  let padded = 4;
  while (padded < 2 * n - 1) padded *= 2;
  const radix = new FFT(padded);
  const chirp = new Float64Array(2 * n);
  // j² mod 2n advances by 2j + 1, in whole numbers: the angle is exact for any n.
  for (let j = 0, square = 0; j < n; j++) {
    chirp[2 * j] = Math.cos((Math.PI * square) / n);
    chirp[2 * j + 1] = -Math.sin((Math.PI * square) / n);
    square = (square + 2 * j + 1) % (2 * n);
  }
  const kernel = new Float64Array(2 * padded);
  for (let j = 0; j < n; j++) {
    const mirrored = j === 0 ? 0 : padded - j;
    for (const at of [j, mirrored]) {
      kernel[2 * at] = chirp[2 * j]!;
      kernel[2 * at + 1] = -chirp[2 * j + 1]!;
    }
  }
  const spectrum = new Float64Array(2 * padded);
  radix.transform(spectrum, kernel);
  const work = new Float64Array(2 * padded);
  const image = new Float64Array(2 * padded);
  return (out, source) => {
    work.fill(0, 2 * n);
    for (let j = 0; j < 2 * n; j += 2) {
      const re = source[j]!,
        im = source[j + 1]!,
        c = chirp[j]!,
        s = chirp[j + 1]!;
      work[j] = re * c - im * s;
      work[j + 1] = re * s + im * c;
    }
    radix.transform(image, work);
    // The inverse transform is conj ∘ forward ∘ conj over the length: the product is conjugated here, its image below.
    for (let j = 0; j < 2 * padded; j += 2) {
      const re = image[j]!,
        im = image[j + 1]!,
        c = spectrum[j]!,
        s = spectrum[j + 1]!;
      work[j] = re * c - im * s;
      work[j + 1] = -(re * s + im * c);
    }
    radix.transform(image, work);
    const scale = 1 / padded;
    for (let j = 0; j < 2 * n; j += 2) {
      const re = image[j]! * scale,
        im = -image[j + 1]! * scale,
        c = chirp[j]!,
        s = chirp[j + 1]!;
      out[j] = re * c - im * s;
      out[j + 1] = re * s + im * c;
    }
  };
}
