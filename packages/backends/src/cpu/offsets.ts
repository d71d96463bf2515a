import type { Shape } from "../backend.js";

/** Π shape: the number of entries (1 for a scalar). */
export function numEntries(shape: Shape): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** Strides of a contiguous row-major array whose last stride is `unit`. */
export function rowMajorStrides(shape: Shape, unit = 1): number[] {
  const strides = new Array<number>(shape.length);
  let stride = unit;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis]!;
  }
  return strides;
}

/** start + Σ strides[a]·i_a for every index (i₀, i₁, …) of `shape`, in row-major order. */
export function offsets(shape: Shape, strides: readonly number[], start = 0): Int32Array {
  const out = new Int32Array(numEntries(shape));
  if (out.length === 0) return out;
  out[0] = start;
  // Each axis, from the last, repeats the filled prefix shifted by its stride.
  let filled = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const stride = strides[axis]!;
    const end = filled * shape[axis]!;
    for (let i = filled, from = 0; i < end; i++, from++) out[i] = out[from]! + stride;
    filled = end;
  }
  return out;
}
