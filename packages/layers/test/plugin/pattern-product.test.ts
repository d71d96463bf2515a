import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, rng, sparsePattern } from "@paramat/core";
import { describe, expect } from "vitest";
import { patternProduct } from "../../src/plugin/pattern-product.js";

const backend = cpu("float64");

describe("patternProduct", () => {
  const cases = fc.record({ m: fc.integer({ min: 1, max: 8 }), n: fc.integer({ min: 1, max: 8 }) }).chain(({ m, n }) =>
    fc.record({
      m: fc.constant(m),
      n: fc.constant(n),
      places: fc.uniqueArray(fc.integer({ min: 0, max: m * n - 1 }), { maxLength: m * n }),
      seed: fc.integer({ min: 1, max: 1e6 }),
    }),
  );

  property.prop([cases])("sparse or dense inside, the three contractions are the sums over the entries", ({ m, n, places, seed }) => {
    const pattern = sparsePattern({ numRows: m, numCols: n, rows: places.map((p) => Math.floor(p / n)), cols: places.map((p) => p % n) });
    const product = patternProduct(pattern);
    const stream = rng(seed);
    const draw = (...shape: number[]) =>
      ndarray(backend, Float64Array.from({ length: shape.reduce((a, b) => a * b) }, stream.normal), shape);
    const [values, y, z] = [draw(places.length), draw(2, n), draw(2, m)];
    const [v, u, w] = [values.toArray(), y.toArray(), z.toArray()];
    const [Ky, KTz, products] = [new Float64Array(2 * m), new Float64Array(2 * n), new Float64Array(places.length)];
    const accumulate = (to: Float64Array, at: number, x: number) => {
      to[at] = (to[at] as number) + x;
    };
    pattern.rows.forEach((i, k) => {
      const j = pattern.cols[k] as number;
      for (const e of [0, 1]) {
        accumulate(Ky, e * m + i, (v[k] as number) * (u[e * n + j] as number));
        accumulate(KTz, e * n + j, (v[k] as number) * (w[e * m + i] as number));
        accumulate(products, k, (w[e * m + i] as number) * (u[e * n + j] as number));
      }
    });
    for (const [found, expected] of [
      [product.apply(values, y), Ky],
      [product.applyTranspose(values, z), KTz],
      [product.jacobianTranspose(y, z), products],
    ] as const) {
      Array.from(found.toArray()).forEach((x, k) => void expect(x).toBeCloseTo(expected[k] as number, 12));
      expect(found.size).toBe(expected.length);
    }
  });
});
