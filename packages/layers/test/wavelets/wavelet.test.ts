import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, norm } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { daubechies, haar, type WaveletFamily, wavelet } from "../../src/index.js";
import { checkOperator } from "../../src/laws.js";

const backend = cpu("float64");
const families = [haar, ...Array.from({ length: 10 }, (_, k) => daubechies(k + 1))];

/** One level for one signal: means and details as sums round the circle, from the definition. */
function analyze(x: readonly number[], { lowPass: h }: WaveletFamily): number[] {
  const n = x.length;
  const g = h.map((_, k) => (-1) ** k * (h[h.length - 1 - k] as number));
  const filtered = (filter: readonly number[]) =>
    Array.from({ length: n / 2 }, (_, i) => filter.reduce((s, c, k) => s + c * (x[(2 * i + k) % n] as number), 0));
  return [...filtered(h), ...filtered(g)];
}

/** All levels in two dimensions [n, m]: rows, then columns, then the coarse corner again. */
function analyzeImage(image: readonly (readonly number[])[], family: WaveletFamily, levels: number): number[][] {
  if (levels === 0) return image.map((row) => [...row]);
  const rows = image.map((row) => analyze(row, family));
  const columns = (rows[0] as number[]).map((_, j) =>
    analyze(
      rows.map((row) => row[j] as number),
      family,
    ),
  );
  const both = rows.map((_, i) => columns.map((column) => column[i] as number));
  const [n, m] = [image.length / 2, columns.length / 2];
  const coarse = analyzeImage(
    both.slice(0, n).map((row) => row.slice(0, m)),
    family,
    levels - 1,
  );
  return both.map((row, i) => row.map((x, j) => (i < n && j < m ? ((coarse[i] as number[])[j] as number) : x)));
}

describe("wavelet filters", () => {
  test.each(families.map((f) => [f.name, f] as const))("%s: orthonormal to its even shifts", (_, { lowPass: h }) => {
    for (let shift = 0; shift < h.length; shift += 2) {
      const product = h.reduce((s, x, k) => s + x * (h[k + shift] ?? 0), 0);
      expect(Math.abs(product - (shift === 0 ? 1 : 0))).toBeLessThan(1e-15 * 4);
    }
    expect(h.reduce((a, b) => a + b)).toBeCloseTo(Math.SQRT2, 14);
  });

  test.each(families.map((f) => [f.name, f] as const))("%s: as many vanishing moments as half its length", (_, { lowPass: h }) => {
    for (let m = 0; m < h.length / 2; m++) {
      const terms = h.map((_x, k) => (-1) ** k * (h[h.length - 1 - k] as number) * k ** m);
      const scale = terms.reduce((s, t) => s + Math.abs(t), 0);
      expect(Math.abs(terms.reduce((a, b) => a + b))).toBeLessThan(1e-12 * scale);
    }
  });

  test("daubechies(2) is the closed form (1 ± √3, 3 ± √3)/(4√2)", () => {
    const r = Math.sqrt(3);
    [1 + r, 3 + r, 3 - r, 1 - r].forEach((x, k) => expect(daubechies(2).lowPass[k]).toBeCloseTo(x / (4 * Math.SQRT2), 15));
  });

  test("daubechies(1) is haar", () => {
    haar.lowPass.forEach((h, k) => expect(daubechies(1).lowPass[k]).toBeCloseTo(h, 15));
  });

  test.each([0, 11, 2.5])("refuses order %d", (order) => {
    expect(() => daubechies(order)).toThrow(`daubechies: order ${order}; it must be an integer in 1 … 10`);
  });
});

describe("wavelet", () => {
  const cases = fc.record({
    family: fc.constantFrom(...families),
    levels: fc.integer({ min: 0, max: 3 }),
    blocks: fc.array(fc.integer({ min: 1, max: 2 }), { minLength: 1, maxLength: 3 }),
    channels: fc.integer({ min: 1, max: 3 }),
    seed: fc.nat(1e6),
  });
  property.prop([cases], { numRuns: 40 })("is orthogonal with an exact transpose; any family, levels, dimension and channels", (c) => {
    const levels = c.blocks.length === 3 ? Math.min(c.levels, 2) : c.levels;
    const inShape = [...c.blocks.map((b) => b * 2 ** levels), c.channels];
    const W = wavelet(inShape, { family: c.family, levels });
    const report = checkOperator(W, backend, { seed: c.seed, examples: 2 });
    expect(report.ok, String(report)).toBe(true);
    const y = ndarray(
      backend,
      Float64Array.from({ length: 2 * inShape.reduce((a, b) => a * b) }, (_, k) => Math.sin(k * k)),
      [2, ...inShape],
    );
    expect(norm(W.apply(y)).item()).toBeCloseTo(norm(y).item(), 10);
    const back = W.applyTranspose(W.apply(y)).toArray();
    y.toArray().forEach((x, k) => expect(back[k]).toBeCloseTo(x, 12));
  });

  property.prop([fc.constantFrom(...families), fc.integer({ min: 0, max: 2 }), fc.integer({ min: 1, max: 3 }), fc.nat(1e6)], {
    numRuns: 25,
  })("in two dimensions is the textbook pyramid, written out", (family, levels, blocks, seed) => {
    const [n, m] = [blocks * 2 ** levels, 3 * 2 ** levels];
    const image = Array.from({ length: n }, (_, i) => Array.from({ length: m }, (_, j) => Math.sin(seed + 7 * i + i * j * j)));
    const found = wavelet([n, m, 1], { family, levels })
      .apply(ndarray(backend, image.flat(), [1, n, m, 1]))
      .toArray();
    analyzeImage(image, family, levels)
      .flat()
      .forEach((x, k) => expect(found[k]).toBeCloseTo(x, 12));
  });

  test("Haar's 4 × 4 matrix of two levels", () => {
    const [r, h] = [Math.SQRT1_2, 0.5];
    const matrix = [
      [h, h, h, h],
      [h, h, -h, -h],
      [r, -r, 0, 0],
      [0, 0, r, -r],
    ].flat();
    const report = checkOperator(wavelet([4], { levels: 2 }), backend, { matrix });
    expect(report.ok, String(report)).toBe(true);
  });

  test("a constant has no details, a line only where the circle breaks", () => {
    const W = wavelet([16], { family: daubechies(3) });
    const line = W.apply(ndarray(backend, [Array.from({ length: 16 }, (_, i) => 2 + 3 * i)])).toArray();
    for (let i = 8; i < 14; i++) expect(line[i]).toBeCloseTo(0, 12);
    expect(Math.abs(line[15] as number)).toBeGreaterThan(1);
    const constant = W.apply(ndarray(backend, [new Array<number>(16).fill(1)])).toArray();
    for (let i = 8; i < 16; i++) expect(constant[i]).toBeCloseTo(0, 12);
  });

  test("transforms chosen axes only", () => {
    const W = wavelet([2, 3], { axes: 0 });
    const r = Math.SQRT1_2;
    const found = W.apply(
      ndarray(backend, [
        [
          [1, 2, 3],
          [5, 6, 9],
        ],
      ]),
    ).toArray();
    [6 * r, 8 * r, 12 * r, -4 * r, -4 * r, -6 * r].forEach((x, k) => expect(found[k]).toBeCloseTo(x, 14));
  });

  test("refuses what does not fit", () => {
    expect(() => wavelet([12, 1], { levels: 3 })).toThrow(
      "wavelet: axis 0 of [12, 1] has 12 entries; for 3 levels it must be divisible by 2^3 = 8",
    );
    expect(() => wavelet([12, 1], { levels: 1.5 })).toThrow("wavelet: 1.5 levels; it must be an integer ≥ 0");
    expect(() => wavelet([8], { family: { name: "sum", lowPass: [1, 1] } })).toThrow(
      "wavelet: the low-pass filter of sum has the product 2 with itself shifted by 0; it must be 1",
    );
    expect(() => wavelet([8], { family: { name: "odd", lowPass: [1, 0, 0] } })).toThrow("has 3 entries; it must have an even number");
    expect(() => wavelet([8, 1], { axes: 3 })).toThrow("wavelet: axis 3 is outside");
  });
});
