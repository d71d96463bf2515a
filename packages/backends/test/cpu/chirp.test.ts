import { expect, test } from "vitest";
import { chirpOf, spectrumOfChirp } from "../../src/cpu/chirp.js";

test("w_j = e^{−πi j²/n}", () => {
  const n = 11;
  chirpOf(n).forEach(([re, im], j) => {
    expect(Math.abs(re - Math.cos((Math.PI * j * j) / n))).toBeLessThan(1e-13);
    expect(Math.abs(im + Math.sin((Math.PI * j * j) / n))).toBeLessThan(1e-13);
  });
});

test("the spectrum is the sum over both ends of the conjugate chirp, over M", () => {
  const [n, padded] = [5, 16];
  const chirp = chirpOf(n);
  spectrumOfChirp(chirp, padded).forEach(([re, im], k) => {
    let [sumRe, sumIm] = [0, 0];
    for (let j = 1 - n; j < n; j++) {
      const [wRe, wIm] = chirp[Math.abs(j)]!;
      const angle = (-2 * Math.PI * j * k) / padded;
      sumRe += wRe * Math.cos(angle) + wIm * Math.sin(angle);
      sumIm += wRe * Math.sin(angle) - wIm * Math.cos(angle);
    }
    expect(Math.hypot(re - sumRe / padded, im - sumIm / padded)).toBeLessThan(1e-14);
  });
});
