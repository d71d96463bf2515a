import type { Boundary, Shape } from "@paramat/core";
import type { Tag } from "../tag.js";

export interface StencilSetting {
  readonly kernel: Shape;
  readonly boundaries: readonly (Boundary | "none")[];
  /** One stencil for each channel, no stride: K maps each channel's grid to itself. */
  readonly isSquare: boolean;
  /** Whether only sums with factors ≥ 0 are meant. */
  readonly nonNegative: boolean;
}

/**
 * What every sum of the given stencils makes of K:
 * `symmetric` if each is equal under reflection in each axis (then K is a sum of Kronecker products of symmetric matrices, also with the boundaries that
 * extend evenly or oddly about the half sample), or about its middle with boundaries zero and periodic;
 * `antisymmetric` if each changes sign about its middle, with boundaries zero and periodic;
 * `mMatrix` if the sums have factors ≥ 0, numbers off the middle are ≤ 0 and each stencil's sum is ≥ 0: zeros beyond the boundary only take from the
 * negative part of a row, and the others leave row sums as they are; `antisymmetric` turns signs and is excluded.
 */
export function stencilTags(
  stencils: readonly (readonly number[])[],
  { kernel, boundaries, isSquare, nonNegative }: StencilSetting,
): Tag[] {
  if (!isSquare || kernel.some((width) => width % 2 === 0)) return [];
  const all = (...allowed: readonly string[]) => boundaries.every((b, axis) => kernel[axis] === 1 || allowed.includes(b));
  const holds = (sign: number, axes: readonly number[]) => stencils.every((s) => isReflected(s, kernel, axes, sign));
  const axes = kernel.map((_, axis) => axis);
  const middle = (kernel.reduce((a, b) => a * b, 1) - 1) / 2;
  const tags: Tag[] = [];
  const inEachAxis = axes.every((axis) => holds(1, [axis]));
  if ((inEachAxis && all("zero", "periodic", "symmetric", "antisymmetric")) || (holds(1, axes) && all("zero", "periodic")))
    tags.push("symmetric");
  if (holds(-1, axes) && all("zero", "periodic")) tags.push("antisymmetric");
  const isM = (s: readonly number[]) => s.every((x, j) => j === middle || x <= 0) && s.reduce((a, b) => a + b, 0) >= 0;
  if (nonNegative && stencils.every(isM) && all("zero", "periodic", "reflect", "symmetric", "replicate")) tags.push("mMatrix");
  return tags;
}

/** Whether θ at the point reflected in these axes is sign · θ. */
export function isReflected(stencil: readonly number[], kernel: Shape, axes: readonly number[], sign: number): boolean {
  return stencil.every((x, flat) => x === sign * (stencil[reflected(flat, kernel, axes)] as number));
}

/** Row-major position of the point on the other side of the middle along `axes`. */
export function reflected(flat: number, kernel: Shape, axes: readonly number[]): number {
  let stride = 1;
  let rest = flat;
  let result = 0;
  for (let axis = kernel.length - 1; axis >= 0; axis--) {
    const width = kernel[axis] as number;
    const j = rest % width;
    rest = Math.floor(rest / width);
    result += stride * (axes.includes(axis) ? width - 1 - j : j);
    stride *= width;
  }
  return result;
}
