import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { eye, matmul, mul, ndarray, norm, rng, type Shape, sizeOf, sub, sum, type Value } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { dct } from "../../src/operator/dct.js";

const backend = cpu("float64");

function random(seed: number, shape: Shape): Value {
  const stream = rng(seed);
  return ndarray(
    backend,
    Float64Array.from({ length: sizeOf(shape) }, () => stream.normal()),
    shape,
  );
}

/** C[k, j] = s_k cos(π(2j + 1)k/(2n)), from the definition. */
function cosines(n: number): number[][] {
  return Array.from({ length: n }, (_, k) =>
    Array.from({ length: n }, (_, j) => Math.sqrt((k === 0 ? 1 : 2) / n) * Math.cos((Math.PI * (2 * j + 1) * k) / (2 * n))),
  );
}

describe("dct", () => {
  property.prop([fc.integer({ min: 1, max: 24 }), fc.nat(1e6)], { numRuns: 40 })("is the matrix of cosines, any length", (n, seed) => {
    const y = random(seed, [3, n]);
    const expected = matmul(y, ndarray(backend, cosines(n)), { transposeB: true });
    expect(norm(sub(dct([n]).apply(y), expected)).item()).toBeLessThan(1e-13 * n * norm(y).item());
  });

  property.prop([fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 4 }), fc.nat(1e6)], { numRuns: 40 })(
    "is orthogonal over any axes: the transpose is adjoint, and the inverse",
    (shape, seed) => {
      const stream = rng(seed);
      const axes = shape.map((_, a) => a).filter(() => stream.uniform() < 0.6);
      const C = dct(shape, { axes });
      const [y, z] = [random(seed, [2, ...shape]), random(seed + 1, [2, ...shape])];
      const scale = norm(y).item() * norm(z).item();
      expect(Math.abs(sum(mul(z, C.apply(y))).item() - sum(mul(C.applyTranspose(z), y)).item())).toBeLessThan(1e-13 * scale);
      expect(norm(sub(C.applyTranspose(C.apply(y)), y)).item()).toBeLessThan(1e-13 * norm(y).item() * sizeOf(shape));
    },
  );

  test("two axes, channels apart: first one axis, then the other", () => {
    const y = random(3, [2, 3, 4, 2]);
    const both = dct([3, 4, 2]).apply(y);
    const apart = dct([3, 4, 2], { axes: 1 }).apply(dct([3, 4, 2], { axes: 0 }).apply(y));
    expect(norm(sub(both, apart)).item()).toBeLessThan(1e-14);
  });

  test("the 2 × 2 transform by hand: sums and differences over √2", () => {
    const matrix = dct([2]).apply(eye(backend, 2)).toArray();
    const r = Math.SQRT1_2;
    [r, r, r, -r].forEach((want, k) => expect(matrix[k]).toBeCloseTo(want, 15));
  });

  test("diagonalizes the Neumann Laplacian: C L Cᵀ = diag(2 − 2cos(πk/n))", () => {
    const n = 6;
    const L = ndarray(
      backend,
      Array.from({ length: n }, (_, i) =>
        Array.from({ length: n }, (_, j) => (i === j ? (i === 0 || i === n - 1 ? 1 : 2) : Math.abs(i - j) === 1 ? -1 : 0)),
      ),
    );
    const C = dct([n]);
    // Rows are examples: C.apply takes L to L Cᵀ; transposed and applied again it is C Lᵀ Cᵀ.
    const half = C.apply(L).toArray();
    const columns = ndarray(
      backend,
      Array.from({ length: n }, (_, k) => Array.from({ length: n }, (_, i) => half[i * n + k] as number)),
    );
    const result = C.apply(columns).toArray();
    for (let k = 0; k < n; k++) {
      for (let l = 0; l < n; l++) {
        expect(result[k * n + l]).toBeCloseTo(k === l ? 2 - 2 * Math.cos((Math.PI * k) / n) : 0, 13);
      }
    }
  });

  test.each([
    [[4, 0], {}, "dct: inputs of [4, 0]; there must be at least one axis, and every size a positive integer"],
    [[4, 4], { axes: 2 }, "dct: axis 2 is outside"],
    [[4, 4], { axes: [0, 0] }, "dct: axis 0 is named twice"],
  ])("refuses %j %j", (shape, options, message) => {
    expect(() => dct(shape, options)).toThrow(message);
  });

  test("names what it takes", () => {
    expect(() => dct([4]).apply(random(1, [2, 5]))).toThrow("dct.apply: the argument is [2, 5]; it must be [examples, 4]");
  });
});
