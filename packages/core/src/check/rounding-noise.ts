import { plus } from "./vectors.js";

/**
 * The size of the rounding in g near x, from a difference table of 8 points so close together that all that is left in it is noise.
 * Σ(Δ⁴g)² / (4·70) is the noise's variance, 70 = C(8, 4).
 * @remarks Moré & Wild, Estimating Computational Noise, SIAM J. Sci. Comput. 33 (2011), with one column of the table.
 */
export function roundingNoise(g: (x: Float64Array) => number, x: Float64Array, v: Float64Array, epsilon: number): number {
  const spacing = epsilon ** (2 / 3);
  let column = Array.from({ length: 8 }, (_, k) => g(plus(x, k * spacing, v)));
  for (let level = 0; level < 4; level++) column = column.slice(1).map((next, i) => next - (column[i] as number));
  const noise = Math.sqrt(column.reduce((sum, d) => sum + d * d, 0) / (column.length * 70));
  return Number.isFinite(noise) ? noise : 0;
}
