import { ShapeError } from "@paramat/core";

/**
 * The central difference of an order s as a stencil: its convolution with y is ∂ˢy + O(h²). s = 0: [1]; 1: [1, 0, −1]/(2h); 2: [1, −2, 1]/h²; from there
 * by products with the second difference. As the stencil runs backwards over the grid (z_i = Σ_j θ_j y_{i−j}), odd orders start with a positive number.
 * @param h distance of grid points
 * @returns s + 1 numbers for even s, s + 2 for odd, the middle one at j = 0
 * @throws ShapeError unless s is an integer ≥ 0 and h a positive number
 * @example
 * import { differenceStencil } from "@paramat/layers";
 * differenceStencil(2, 0.5); // → [4, -8, 4]
 */
export function differenceStencil(order: number, h: number): readonly number[] {
  if (!Number.isInteger(order) || order < 0) throw new ShapeError(`differenceStencil: the order is ${order}; it must be an integer ≥ 0`);
  if (!(h > 0 && h < Number.POSITIVE_INFINITY)) throw new ShapeError(`differenceStencil: h is ${h}; it must be a positive number`);
  let stencil: readonly number[] = order % 2 === 0 ? [1] : [1 / (2 * h), 0, -1 / (2 * h)];
  for (let s = order % 2; s < order; s += 2) stencil = convolved(stencil, [1 / h ** 2, -2 / h ** 2, 1 / h ** 2]);
  return stencil;
}

/** Σ_j a_j b_{i−j}, all of it. */
function convolved(a: readonly number[], b: readonly number[]): readonly number[] {
  return Array.from({ length: a.length + b.length - 1 }, (_, i) => a.reduce((sum, x, j) => sum + x * (b[i - j] ?? 0), 0));
}

/** The stencil in the middle of `width` numbers, zeros around it. */
export function centred(stencil: readonly number[], width: number): readonly number[] {
  const before = (width - stencil.length) / 2;
  return Array.from({ length: width }, (_, i) => stencil[i - before] ?? 0);
}
