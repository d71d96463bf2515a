import { fc, test as property } from "@fast-check/vitest";
import { norm, sub, type Value } from "@paramat/core";
import { describe, expect, test } from "vitest";
import {
  circulant,
  convolution,
  denseMatrix,
  diagonalMatrix,
  kroneckerProduct,
  type Parameterization,
  symmetricMatrix,
  toDense,
} from "../../src/index.js";
import { checkParametricOperator } from "../../src/laws.js";
import { applyBlocks, applyBlocksTranspose } from "../../src/structure/index.js";
import { backend, random } from "../fourier/random.js";

/** The Kronecker product of matrices as lists of rows, entry by entry. */
function naive(A: readonly (readonly number[])[], B: readonly (readonly number[])[]): number[][] {
  return A.flatMap((rowA) => B.map((rowB) => rowA.flatMap((a) => rowB.map((b) => a * b))));
}

const size = fc.integer({ min: 1, max: 3 });
const factor: fc.Arbitrary<Parameterization> = fc.oneof(
  fc.tuple(size, size).map(([m, n]) => denseMatrix([n], [m])),
  size.map((n) => circulant(n + 1)),
  size.map((n) => diagonalMatrix(n)),
);
const formed: fc.Arbitrary<Parameterization> = fc.oneof(
  size.map((n) => circulant([n, 3])),
  size.map((n) => diagonalMatrix(n)),
  fc.tuple(size, size).map(([cin, cout]) => convolution([4, cin], { channels: cout, kernel: 3, boundary: "periodic" })),
);

describe("kroneckerProduct", () => {
  property.prop([fc.array(factor, { minLength: 1, maxLength: 3 }), fc.nat(1e6)], { numRuns: 15 })(
    "satisfies the laws; its matrix is the naive Kronecker matrix",
    (factors, seed) => {
      const oracle = (thetas: readonly Value[]) =>
        factors
          .map((K, i) => toDense(K, thetas[i]!).toNested() as number[][])
          .reduce(naive)
          .flat();
      const report = checkParametricOperator(kroneckerProduct(factors), backend, { seed, examples: 2, oracle });
      expect(report.ok, String(report)).toBe(true);
    },
  );

  property.prop([fc.array(formed, { minLength: 1, maxLength: 3 }), fc.nat(1e6)], { numRuns: 25 })(
    "its block form is the product of the factors' block forms: unitary, and the same map",
    (factors, seed) => {
      const K = kroneckerProduct(factors);
      const form = K.blockForm!;
      const thetas = factors.map((F, i) => random(seed + i, F.thetaShape));
      const [y, z] = [random(seed + 7, [2, ...K.inShape]), random(seed + 8, [2, ...K.outShape])];
      const close = (a: Value, b: Value) => expect(norm(sub(a, b)).item()).toBeLessThan(1e-12 * (1 + norm(b).item()));
      close(applyBlocks(form, thetas, y), K.apply(thetas, y));
      close(applyBlocksTranspose(form, thetas, z), K.applyTranspose(thetas, z));
      close(form.synthesize(form.analyze(y)), y);
      close(form.synthesizeOut(form.analyzeOut(z)), z);
      expect(norm(form.analyze(y)).item()).toBeCloseTo(norm(y).item(), 10);
    },
  );

  test("without a block form of each factor there is none", () => {
    expect(kroneckerProduct([diagonalMatrix(2), denseMatrix([2], [2])]).blockForm).toBeUndefined();
  });

  test("two circulants are block circulant with circulant blocks; symmetric factors are symmetric together", () => {
    expect(kroneckerProduct([circulant(2), circulant(3)]).tags).toContain("bccb");
    expect(kroneckerProduct([symmetricMatrix(2), symmetricMatrix(3)]).tags).toContain("symmetric");
  });

  test("says what it was given and what it takes", () => {
    const K = kroneckerProduct([diagonalMatrix(2), diagonalMatrix(3)]);
    const thetas = [random(1, [2]), random(2, [3])];
    expect(K.numParams).toBe(5);
    expect(() => kroneckerProduct([])).toThrow("kroneckerProduct: there are no factors; give at least one");
    expect(() => K.apply(thetas.slice(1), random(3, [1, 2, 3]))).toThrow(
      "kroneckerProduct.apply: 1 arrays of parameters for 2 factors; each takes one",
    );
    expect(() => K.applyTranspose(thetas, random(3, [1, 3, 3]))).toThrow(
      "kroneckerProduct.applyTranspose: the argument is [1, 3, 3]; it must be [examples, 2, 3]",
    );
  });
});
