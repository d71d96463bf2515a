import { defaultBackend, diagonalMatrix, fromEntries, fromFunction, mul } from "paramat";

export const numbers = [1, 2, 3];
export const same = diagonalMatrix([2]);
export const again = same;
/** Made anew at each call. */
export function made(n = 3) {
  return diagonalMatrix([n]);
}
export const redundant = fromEntries({
  name: "redundant",
  rows: 1,
  cols: 1,
  numParams: 2,
  entries: [
    [
      0,
      0,
      [
        [0, 1],
        [1, 1],
      ],
    ],
  ],
});
/** θ², which fromFunction refuses. */
export function squared() {
  return fromFunction({ name: "squared", thetaShape: [2], inShape: [2], f: (theta, y) => mul(mul(theta, theta), y) }, defaultBackend);
}
export const unfinished = { name: "unfinished", thetaShape: [1], inShape: [1], outShape: [1], numParams: 1, apply: made };
