import { fc, test as property } from "@fast-check/vitest";
import { grad, mul, ndarray, norm, sub, sum, type Value } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { type ConvolutionOptions, convolution, toDense } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";
import { applyBlocks, applyBlocksTranspose } from "../../src/structure/index.js";
import { backend, naiveDft, random } from "../fourier/random.js";

const cases = fc.integer({ min: 1, max: 3 }).chain((dims) =>
  fc.record({
    grid: fc.array(fc.integer({ min: 1, max: dims === 1 ? 9 : 5 }), { minLength: dims, maxLength: dims }),
    kernel: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: dims, maxLength: dims }),
    dilation: fc.integer({ min: 1, max: 3 }),
    groups: fc.integer({ min: 1, max: 2 }),
    cin: fc.integer({ min: 1, max: 3 }),
    cout: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(1e6),
  }),
);

function close(a: Value, b: Value): void {
  expect(norm(sub(a, b)).item()).toBeLessThan(1e-12 * (1 + norm(b).item()));
}

describe("convolution by the Fourier transform", () => {
  property.prop([cases], { numRuns: 50 })("agrees with the direct path to 1e-12: three contractions, gradients, block form", (c) => {
    const inShape = [...c.grid, c.cin * c.groups];
    const options = {
      channels: c.cout * c.groups,
      kernel: c.kernel,
      boundary: "periodic",
      dilation: c.dilation,
      groups: c.groups,
    } as const;
    const direct = convolution(inShape, { ...options, path: "direct" });
    const fourier = convolution(inShape, { ...options, path: "fft" });
    const theta = random(c.seed, direct.thetaShape);
    const y = random(c.seed + 1, [2, ...inShape]);
    const z = random(c.seed + 2, [2, ...direct.outShape]);
    close(fourier.apply(theta, y), direct.apply(theta, y));
    close(fourier.applyTranspose(theta, z), direct.applyTranspose(theta, z));
    close(fourier.jacobianTranspose(y, z), direct.jacobianTranspose(y, z));
    const loss = (K: typeof direct) => (x: readonly Value[]) => {
      const out = K.apply(x[0]!, x[1]!);
      return sum(mul(mul(out, out), z));
    };
    const [want, found] = [grad(loss(direct))([theta, y]), grad(loss(fourier))([theta, y])];
    close(found[0]!, want[0]!);
    close(found[1]!, want[1]!);
    close(applyBlocks(direct.blockForm!, theta, y), direct.apply(theta, y));
    close(applyBlocksTranspose(direct.blockForm!, theta, z), direct.applyTranspose(theta, z));
  });

  property.prop([cases], { numRuns: 12 })("satisfies the laws", (c) => {
    const options = {
      channels: c.cout * c.groups,
      kernel: c.kernel,
      boundary: "periodic",
      dilation: c.dilation,
      groups: c.groups,
    } as const;
    const K = convolution([...c.grid, c.cin * c.groups], { ...options, path: "fft" });
    const report = checkParameterization(K, backend, { seed: c.seed, examples: 2 });
    expect(report.ok, String(report)).toBe(true);
  });

  test("auto gives the same numbers whichever it takes", () => {
    // 15 × 15 taps on 32 × 32 points are for the transform, 3 × 3 taps are not; the block form does not depend on it.
    for (const kernel of [3, 15]) {
      const options = { channels: 1, kernel, boundary: "periodic" } as const;
      const K = convolution([32, 32, 1], options);
      const [theta, y] = [random(1, K.thetaShape), random(2, [8, 32, 32, 1])];
      close(K.apply(theta, y), convolution([32, 32, 1], { ...options, path: "direct" }).apply(theta, y));
    }
  });

  // Lecture, "Extension: 2D Convolution": the matrix of 3×3 points, columns of y stacked. Each of its 9 rows is another shift; the print repeats two.
  const bccb = [
    "22 12 32 21 11 31 23 13 33",
    "32 22 12 31 21 11 33 23 13",
    "12 32 22 11 31 21 13 33 23",
    "23 13 33 22 12 32 21 11 31",
    "33 23 13 32 22 12 31 21 11",
    "13 33 23 12 32 22 11 31 21",
    "21 11 31 23 13 33 22 12 32",
    "31 21 11 33 23 13 32 22 12",
    "11 31 21 13 33 23 12 32 22",
  ].map((row) => row.split(" ").map(Number));
  const nine = ndarray(backend, [11, 12, 13, 21, 22, 23, 31, 32, 33], [3, 3, 1, 1]);
  // Point (r, c) is number 3c + r with columns stacked, 3r + c here.
  const stacked = Array.from({ length: 9 }, (_, k) => (k % 3) * 3 + Math.floor(k / 3));

  test.each(["direct", "fft"] as const)("the lecture's 9×9 BCCB matrix entry by entry, by the path %s", (path) => {
    const K = convolution([3, 3, 1], { channels: 1, kernel: 3, boundary: "periodic", path });
    const matrix = toDense(K, nine).toNested() as number[][];
    bccb.forEach((row, i) => {
      row.forEach((want, j) => {
        expect(matrix[stacked[i]!]![stacked[j]!], `(${i}, ${j})`).toBeCloseTo(want, 12);
      });
    });
  });

  test("its eigenvalues are the 2-D transform of its first column", () => {
    const K = convolution([3, 3, 1], { channels: 1, kernel: 3, boundary: "periodic" });
    const column = stacked.map((_, at) => bccb[stacked[at]!]![0]!);
    const blocks = K.blockForm!.blocks(nine).toArray();
    naiveDft(column, [3, 3]).forEach(([re, im], k) => {
      expect(blocks[k]).toBeCloseTo(re, 11);
      expect(blocks[9 + k]).toBeCloseTo(im, 11);
    });
    expect(blocks[0]).toBeCloseTo(198, 11);
  });

  test("the 5-point Laplacian has the eigenvalues −4/h² (sin²(πk/n) + sin²(πl/n))", () => {
    const [n, h] = [6, 1 / 6];
    const K = convolution([n, n, 1], { channels: 1, kernel: 3, boundary: "periodic" });
    const theta = mul(ndarray(backend, [0, 1, 0, 1, -4, 1, 0, 1, 0], [3, 3, 1, 1]), 1 / h ** 2);
    const blocks = K.blockForm!.blocks(theta).toArray();
    for (let k = 0; k < n; k++) {
      for (let l = 0; l < n; l++) {
        const want = (-4 / h ** 2) * (Math.sin((Math.PI * k) / n) ** 2 + Math.sin((Math.PI * l) / n) ** 2);
        expect(blocks[k * n + l]).toBeCloseTo(want, 11);
        expect(blocks[n * n + k * n + l]).toBeCloseTo(0, 11);
      }
    }
  });

  test("tags say what the boundary makes of one channel", () => {
    const tagsOf = (inShape: readonly number[], options: Partial<ConvolutionOptions>) =>
      convolution(inShape, { channels: 1, kernel: 3, ...options }).tags;
    expect(tagsOf([6, 1], { boundary: "periodic" })).toEqual(["circulant", "bccb", "toeplitz"]);
    expect(tagsOf([4, 4, 1], { boundary: "periodic" })).toEqual(["bccb"]);
    expect(tagsOf([6, 1], {})).toEqual(["toeplitz"]);
    expect(tagsOf([6, 1], { boundary: "none" })).toEqual(["toeplitz"]);
    for (const other of [{ boundary: "reflect" }, { stride: 2 }, { channels: 2 }, { boundary: "periodic", stride: 2 }] as const) {
      expect(tagsOf([6, 1], other)).toBeUndefined();
    }
    expect(tagsOf([4, 4, 1], { boundary: ["periodic", "zero"] })).toBeUndefined();
    // A stencil of one point meets no boundary.
    expect(tagsOf([4, 4, 1], { kernel: [3, 1], boundary: ["periodic", "zero"] })).toEqual(["bccb"]);
    expect(tagsOf([4, 4, 1], { kernel: [1, 3], boundary: ["none", "periodic"] })).toEqual(["bccb"]);
  });

  test.each([
    [
      { boundary: ["periodic", "zero"] },
      'convolution: the boundary of axis 1 is "zero"; path "fft" needs periodic boundaries and stride 1',
    ],
    [{ boundary: "periodic", stride: [1, 2] }, 'convolution: the stride is [1, 2]; path "fft" needs periodic boundaries and stride 1'],
    [{ boundary: "periodic", path: "fast" }, 'convolution: path is "fast"; it must be one of "auto", "direct", "fft"'],
  ])("refuses the Fourier path where there is none: %j", (options, message) => {
    expect(() => convolution([4, 4, 1], { channels: 1, kernel: 3, path: "fft", ...options } as ConvolutionOptions)).toThrow(message);
  });
});
