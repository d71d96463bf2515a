import type { Contraction, ConvGeometry } from "../../src/backend.js";
import { count, flat, indicesOf } from "../../src/laws/multi-index.js";

/** A geometry from what is not usual about it: one example, stride and dilation 1, one group. */
export function geometryOf(
  parts: Pick<ConvGeometry, "grid" | "kernel" | "channelsIn" | "channelsOut"> & Partial<ConvGeometry>,
): ConvGeometry {
  const ones = parts.grid.map(() => 1);
  return { examples: 1, stride: ones, dilation: ones, groups: 1, ...parts };
}

function outGridOf({ grid, kernel, stride, dilation }: ConvGeometry): number[] {
  // Counted, not computed: the starts from which the whole dilated kernel still fits.
  return grid.map((size, a) => {
    let starts = 0;
    while (stride[a]! * starts + dilation[a]! * (kernel[a]! - 1) < size) starts++;
    return starts;
  });
}

export function lengthsOf(geometry: ConvGeometry): { readonly theta: number; readonly y: number; readonly z: number } {
  const { examples, grid, kernel, groups, channelsIn, channelsOut } = geometry;
  return {
    theta: count(kernel) * (channelsIn / groups) * channelsOut,
    y: examples * count(grid) * channelsIn,
    z: examples * count(outGridOf(geometry)) * channelsOut,
  };
}

/** Lengths of the operands of a contraction. */
export function operandLengths(which: Contraction, geometry: ConvGeometry): readonly [number, number] {
  const { theta, y, z } = lengthsOf(geometry);
  return which === "apply" ? [theta, y] : which === "applyTranspose" ? [theta, z] : [y, z];
}

/** The contraction product by product, in float64. */
export function convolveNaively(which: Contraction, geometry: ConvGeometry, a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  const { examples, grid, kernel, stride, dilation, groups, channelsIn, channelsOut } = geometry;
  const lengths = lengthsOf(geometry);
  const out = new Float64Array(which === "apply" ? lengths.z : which === "applyTranspose" ? lengths.y : lengths.theta);
  const outGrid = outGridOf(geometry);
  const inPerGroup = channelsIn / groups;
  const taps = indicesOf([...kernel, inPerGroup]);
  for (const [e, ...i] of indicesOf([examples, ...outGrid])) {
    for (const tap of taps) {
      const cell = i.map((at, axis) => stride[axis]! * at + dilation[axis]! * (kernel[axis]! - 1 - tap[axis]!));
      const theta = flat([...kernel, inPerGroup], tap) * channelsOut;
      const y = flat([examples, ...grid], [e!, ...cell]) * channelsIn + tap.at(-1)!;
      const z = flat([examples, ...outGrid], [e!, ...i]) * channelsOut;
      for (let o = 0; o < channelsOut; o++) {
        const from = y + inPerGroup * Math.floor(o / (channelsOut / groups));
        if (which === "apply") out[z + o]! += a[theta + o]! * b[from]!;
        else if (which === "applyTranspose") out[from]! += a[theta + o]! * b[z + o]!;
        else out[theta + o]! += a[from]! * b[z + o]!;
      }
    }
  }
  return out;
}
