import type { Boundary } from "@paramat/core";

export interface NaiveOptions {
  readonly kernel: readonly number[];
  readonly boundary: readonly (Boundary | "none")[];
  readonly channels: number;
  readonly stride?: number;
  readonly groups?: number;
}

/** Every multi-index of a shape, row-major. */
export function points(shape: readonly number[]): number[][] {
  return shape.reduce<number[][]>((all, n) => all.flatMap((p) => Array.from({ length: n }, (_, i) => [...p, i])), [[]]);
}

export function flatIndex(p: readonly number[], shape: readonly number[]): number {
  return p.reduce((index, x, axis) => index * shape[axis]! + x, 0);
}

/** The matrix of z^o_i = Σ_c Σ_j θ_j^{co} y^c_{i−j}, entry by entry, from θ [...kernel, channelsIn/groups, channels]. */
export function naiveConvolution(inShape: readonly number[], options: NaiveOptions): (theta: ArrayLike<number>) => Float64Array {
  const { kernel, boundary, channels, stride = 1, groups = 1 } = options;
  const grid = inShape.slice(0, -1);
  const channelsIn = inShape.at(-1)!;
  const perGroup = channelsIn / groups;
  const left = kernel.map((w, axis) => (boundary[axis] === "none" ? 0 : Math.floor((w - 1) / 2)));
  const out = grid.map((n, axis) => Math.ceil((boundary[axis] === "none" ? n - kernel[axis]! + 1 : n) / stride));
  const n = inShape.reduce((a, b) => a * b, 1);
  const m = out.reduce((a, b) => a * b, 1) * channels;
  return (theta) => {
    const matrix = new Float64Array(m * n);
    for (const i of points(out)) {
      for (const j of points(kernel)) {
        const reads = i.map((x, axis) => at(x * stride - left[axis]! + kernel[axis]! - 1 - j[axis]!, grid[axis]!, boundary[axis]!));
        if (reads.includes(null)) continue;
        const place = flatIndex(
          reads.map((read) => read![0]),
          grid,
        );
        const sign = reads.reduce((product, read) => product * read![1], 1);
        for (let o = 0; o < channels; o++) {
          for (let c = 0; c < perGroup; c++) {
            const from = Math.floor(o / (channels / groups)) * perGroup + c;
            const entry = (flatIndex(i, out) * channels + o) * n + place * channelsIn + from;
            matrix[entry]! += sign * theta[(flatIndex(j, kernel) * perGroup + c) * channels + o]!;
          }
        }
      }
    }
    return matrix;
  };
}

/** Which of x₁ … x_n stands at a place of the extended axis, and its sign; null where there is a zero. */
function at(place: number, n: number, boundary: Boundary | "none"): [number, number] | null {
  let [p, sign] = [place, 1];
  while (p < 0 || p >= n) {
    if (boundary === "zero" || boundary === "none") return null;
    if (boundary === "periodic") p = p < 0 ? p + n : p - n;
    else if (boundary === "replicate") p = p < 0 ? 0 : n - 1;
    else if (boundary === "reflect") p = n === 1 ? 0 : p < 0 ? -p : 2 * n - 2 - p;
    else {
      p = p < 0 ? -1 - p : 2 * n - 1 - p;
      if (boundary === "antisymmetric") sign = -sign;
    }
  }
  return [p, sign];
}
