import type { CpuArray } from "./map-kernel.js";
import type { Layout } from "./map-layout.js";

/** Rows shorter than this are copied faster by a plain loop than by one call each. */
const shortestRow = 64;

/**
 * out = the view of `source` that `layout` describes, by block copies and fills.
 * @returns false, having done nothing, where the innermost axis neither is contiguous nor broadcasts, or is short
 */
export function copyRows(out: CpuArray, source: CpuArray, offset: number, layout: Layout): boolean {
  const { sizes } = layout;
  const strides = layout.strides[0]!;
  const inner = sizes.length - 1;
  const length = sizes[inner]!;
  const stride = strides[inner]!;
  if ((stride !== 1 && stride !== 0) || (inner > 0 && length < shortestRow)) return false;
  const index = sizes.map(() => 0);
  let from = offset;
  for (let to = 0; to < out.length; to += length) {
    if (stride === 1) out.set(source.subarray(from, from + length), to);
    else out.fill(source[from]!, to, to + length);
    for (let axis = inner - 1; axis >= 0; axis--) {
      from += strides[axis]!;
      index[axis]!++;
      if (index[axis]! < sizes[axis]!) break;
      from -= sizes[axis]! * strides[axis]!;
      index[axis] = 0;
    }
  }
  return true;
}
