import type { Shape } from "../backend.js";

/** A loop nest, outermost first: sizes, the strides of the (contiguous) result, and the strides of each input. At least one axis. */
export interface Layout {
  readonly sizes: readonly number[];
  readonly outStrides: readonly number[];
  readonly strides: readonly (readonly number[])[];
}

/**
 * The shortest loop nest over `shape` that reads inputs through `strides` and writes in order: axes of size 1 are dropped, and neighbours
 * are merged where for every input one step along the outer equals `size` steps along the inner. A scalar becomes one axis of size 1, stride 1.
 * @param shape without a size of 0
 */
export function collapse(shape: Shape, strides: readonly (readonly number[])[]): Layout {
  const sizes: number[] = [];
  const outStrides: number[] = [];
  const merged: number[][] = strides.map(() => []);
  let length = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    const size = shape[axis]!;
    if (size === 1) continue;
    const inner = sizes.length - 1;
    if (inner >= 0 && strides.every((s, i) => s[axis] === merged[i]![inner]! * sizes[inner]!)) {
      sizes[inner]! *= size;
    } else {
      sizes.push(size);
      outStrides.push(length);
      for (const [i, s] of strides.entries()) merged[i]!.push(s[axis]!);
    }
    length *= size;
  }
  if (sizes.length === 0) {
    return { sizes: [1], outStrides: [1], strides: strides.map(() => [1]) };
  }
  return { sizes: sizes.reverse(), outStrides: outStrides.reverse(), strides: merged.map((s) => s.reverse()) };
}

/**
 * The same nest with the axis along which some input is contiguous brought next to the innermost, where that input strides along the innermost:
 * a transposing read, to be run in square tiles. Undefined where there is none worth tiling.
 */
export function transposing(layout: Layout, tile: number): Layout | undefined {
  const { sizes, strides } = layout;
  const inner = sizes.length - 1;
  if (inner < 1 || sizes[inner]! < tile) return undefined;
  for (const s of strides) {
    const axis = s.findIndex((stride, a) => a < inner && Math.abs(stride) === 1 && sizes[a]! >= tile);
    if (axis >= 0 && Math.abs(s[inner]!) > 1) {
      const move = (values: readonly number[]) => [...values.filter((_, a) => a !== axis && a !== inner), values[axis]!, values[inner]!];
      return { sizes: move(sizes), outStrides: move(layout.outStrides), strides: strides.map(move) };
    }
  }
  return undefined;
}
