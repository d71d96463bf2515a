import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import type { Boundary } from "@paramat/core";
import { ndarray } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { type ConvolutionOptions, convolution } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";

const backend = cpu("float64");
const boundaries = ["zero", "periodic", "reflect", "symmetric", "replicate", "antisymmetric", "none"] as const;

/** Where point p of the extended axis reads, and with which sign; null is zero. Written from x₁ … x_n of the definition, one step at a time. */
function source(p: number, n: number, boundary: Boundary | "none"): [at: number, sign: number] | null {
  let at = p;
  let sign = 1;
  while (at < 0 || at >= n) {
    if (boundary === "zero" || boundary === "none") return null;
    if (boundary === "periodic") at += at < 0 ? n : -n;
    else if (boundary === "replicate") at = at < 0 ? 0 : n - 1;
    else if (boundary === "reflect") at = n === 1 ? 0 : at < 0 ? -at : 2 * (n - 1) - at;
    else {
      at = at < 0 ? -1 - at : 2 * n - 1 - at;
      if (boundary === "antisymmetric") sign = -sign;
    }
  }
  return [at, sign];
}

/** K(θ) written out: z^o_i = Σ_c Σ_j θ_j^{co} y^c at the point that i − j stands for. */
function matrixOf(
  inShape: readonly number[],
  options: ConvolutionOptions & { kernel: readonly number[]; boundary: readonly (Boundary | "none")[] },
) {
  const grid = inShape.slice(0, -1);
  const cin = inShape.at(-1) as number;
  const { kernel, boundary, channels, stride = 1, dilation = 1, groups = 1 } = options;
  const s = stride as number;
  const d = dilation as number;
  const low = kernel.map((k, a) => (boundary[a] === "none" ? 0 : Math.floor((d * (k - 1)) / 2)));
  const out = grid.map((n, a) =>
    boundary[a] === "none" ? Math.floor((n - d * ((kernel[a] as number) - 1) - 1) / s) + 1 : Math.ceil(n / s),
  );
  const points = (shape: readonly number[]): number[][] =>
    shape.reduce<number[][]>((all, n) => all.flatMap((p) => Array.from({ length: n }, (_, i) => [...p, i])), [[]]);
  const flat = (p: readonly number[], shape: readonly number[]) => p.reduce((index, x, a) => index * (shape[a] as number) + x, 0);
  const n = inShape.reduce((a, b) => a * b, 1);
  const m = out.reduce((a, b) => a * b, 1) * channels;
  return (theta: ArrayLike<number>) => {
    const matrix = new Float64Array(m * n);
    for (const i of points(out)) {
      for (const j of points(kernel)) {
        const reads = i.map((x, a) =>
          source(
            x * s - (low[a] as number) + d * ((kernel[a] as number) - 1 - (j[a] as number)),
            grid[a] as number,
            boundary[a] as Boundary,
          ),
        );
        if (reads.some((r) => r === null)) continue;
        const at = (reads as [number, number][]).map((r) => r[0]);
        const sign = (reads as [number, number][]).reduce((p, r) => p * r[1], 1);
        for (let o = 0; o < channels; o++) {
          for (let c = 0; c < cin / groups; c++) {
            const channel = Math.floor(o / (channels / groups)) * (cin / groups) + c;
            const row = flat(i, out) * channels + o;
            const col = flat(at, grid) * cin + channel;
            const entry = row * n + col;
            matrix[entry] = (matrix[entry] as number) + sign * (theta[(flat(j, kernel) * (cin / groups) + c) * channels + o] as number);
          }
        }
      }
    }
    return matrix;
  };
}

describe("convolution", () => {
  const cases = fc.integer({ min: 1, max: 3 }).chain((dims) =>
    fc.record({
      grid: fc.array(fc.integer({ min: 3, max: dims === 1 ? 9 : dims === 2 ? 5 : 4 }), { minLength: dims, maxLength: dims }),
      kernel: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: dims, maxLength: dims }),
      boundary: fc.array(fc.constantFrom(...boundaries), { minLength: dims, maxLength: dims }),
      stride: fc.integer({ min: 1, max: 2 }),
      groups: fc.integer({ min: 1, max: 2 }),
      cin: fc.integer({ min: 1, max: 2 }),
      cout: fc.integer({ min: 1, max: 2 }),
      seed: fc.integer({ min: 1, max: 1e6 }),
    }),
  );

  property.prop([cases], { numRuns: 60 })(
    "satisfies the laws, for every boundary, dimension, stride and grouping; its matrix is the sum written out",
    (c) => {
      const inShape = [...c.grid, c.cin * c.groups];
      const options = { channels: c.cout * c.groups, kernel: c.kernel, boundary: c.boundary, stride: c.stride, groups: c.groups };
      const report = checkParameterization(convolution(inShape, options), backend, {
        seed: c.seed,
        examples: 2,
        oracle: matrixOf(inShape, options),
      });
      expect(report.ok, String(report)).toBe(true);
    },
  );

  test("dilation spreads the stencil", () => {
    const options = { channels: 1, kernel: [3], boundary: ["periodic" as const], dilation: 2 };
    const report = checkParameterization(convolution([7, 1], options), backend, { oracle: matrixOf([7, 1], options) });
    expect(report.ok, String(report)).toBe(true);
  });

  // Lecture, "Structured Matrices": the 4×4 Toeplitz and circulant matrices of a width-3 stencil.
  const toMatrix = (boundary: Boundary) => {
    const K = convolution([4, 1], { channels: 1, kernel: 3, boundary });
    const theta = ndarray(backend, [1, 2, 3], [3, 1, 1]);
    const columns = K.apply(theta, ndarray(backend, [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1], [4, 4, 1])).toArray();
    return [0, 1, 2, 3].map((i) => [0, 1, 2, 3].map((j) => columns[j * 4 + i]));
  };

  test("zero boundary: the lecture's Toeplitz matrix", () => {
    expect(toMatrix("zero")).toEqual([
      [2, 1, 0, 0],
      [3, 2, 1, 0],
      [0, 3, 2, 1],
      [0, 0, 3, 2],
    ]);
  });

  test("periodic boundary: the lecture's circulant matrix", () => {
    expect(toMatrix("periodic")).toEqual([
      [2, 1, 0, 3],
      [3, 2, 1, 0],
      [0, 3, 2, 1],
      [1, 0, 3, 2],
    ]);
  });

  test.each([
    [[4], { channels: 1, kernel: 3 }, "convolution: the input is [4]"],
    [[4, 2], { channels: 3, kernel: 3, groups: 2 }, "convolution: 2 groups do not divide 2 input and 3 output channels"],
    [[4, 4, 1], { channels: 1, kernel: [3] }, "convolution: kernel is [3]; it must be a positive integer, or 2 of them"],
    [[4, 1], { channels: 1, kernel: 5, boundary: "none" }, "does not fit into the grid [4]"],
    [[4, 1], { channels: 1, kernel: 3, boundary: ["zero", "zero"] }, "convolution: 2 boundaries for 1 axes"],
  ] as const)("refuses what does not fit: %j %j", (inShape, options, message) => {
    expect(() => convolution(inShape, options)).toThrow(message);
  });
});
