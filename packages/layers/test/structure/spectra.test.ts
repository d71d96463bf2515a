import { fc, test as property } from "@fast-check/vitest";
import { add, complexAbs2, grad, mul, NotDifferentiableError, ndarray, ShapeError, sum, type Value } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import {
  antisymmetricMatrix,
  condition,
  convolution,
  denseMatrix,
  diagonalMatrix,
  estimateNorm,
  logAbsDet,
  operatorNorm,
  singularValues,
  spectrum,
  symmetricMatrix,
} from "../../src/index.js";
import type { ParametricOperator } from "../../src/operator/parametric-operator.js";
import type { Parameterization } from "../../src/parameterization.js";
import { fourierForm } from "../../src/structure/fourier-form.js";
import { backend, determinant, matrixOf, random, times, transposed } from "./dense-oracle.js";

/** Operators with every kind of block form, and without one. */
const operators: readonly (readonly [string, () => Parameterization])[] = [
  ["diagonal", () => diagonalMatrix(4)],
  ["dense", () => denseMatrix([5], [5])],
  ["symmetric", () => symmetricMatrix(4)],
  ["antisymmetric", () => antisymmetricMatrix(4)],
  ["periodic in 1-D", () => convolution([5, 1], { channels: 1, kernel: 3, boundary: "periodic" })],
  ["periodic, two channels", () => convolution([3, 2], { channels: 2, kernel: 3, boundary: "periodic" })],
  ["periodic in 2-D", () => convolution([3, 2, 1], { channels: 1, kernel: [3, 1], boundary: "periodic" })],
  ["zero boundary", () => convolution([5, 1], { channels: 1, kernel: 3, boundary: "zero" })],
];
const cases: [fc.Arbitrary<(typeof operators)[number]>, fc.Arbitrary<number>] = [fc.constantFrom(...operators), fc.nat(1e6)];

/** det(K − λI) for complex λ, as that of the real [[K − Re λ, Im λ], [−Im λ, K − Re λ]], which is |det|². */
function characteristic(matrix: number[][], re: number, im: number): number {
  const n = matrix.length;
  const block = Array.from({ length: 2 * n }, (_, i) =>
    Array.from({ length: 2 * n }, (_, j) => {
      const [p, q] = [i % n, j % n];
      if (i < n === j < n) return (matrix[p] as number[])[q]! - (p === q ? re : 0);
      return p === q ? (i < n ? im : -im) : 0;
    }),
  );
  return Math.sqrt(Math.abs(determinant(block)));
}

describe("spectra from structure", () => {
  property.prop(cases, { numRuns: 40 })(
    "every λ of spectrum makes det(K − λI) vanish, and Σλ, Πλ are trace and determinant",
    ([, make], seed) => {
      const K = make();
      const theta = random(seed, K.thetaShape);
      const matrix = matrixOf(K, theta);
      const n = matrix.length;
      const lambda = Array.from(spectrum(K, theta).toArray());
      const [re, im] = [lambda.slice(0, n), lambda.slice(n)];
      const size = operatorNorm(K, theta).item();
      for (let k = 0; k < n; k++) expect(characteristic(matrix, re[k]!, im[k]!)).toBeLessThan(1e-6 * (2 * size) ** n);
      expect(re.reduce((a, b) => a + b, 0)).toBeCloseTo(
        matrix.reduce((s, row, i) => s + row[i]!, 0),
        10,
      );
      expect(im.reduce((a, b) => a + b, 0)).toBeCloseTo(0, 10);
      const product = re.reduce<[number, number]>(([a, b], x, k) => [a * x - b * im[k]!, a * im[k]! + b * x], [1, 0]);
      expect(product[0]).toBeCloseTo(determinant(matrix), 8);
    },
  );

  property.prop(cases, { numRuns: 40 })("Σσ² is ‖K‖_F², Πσ is |det|, ‖K x‖ ≤ σ₁‖x‖; condition and logAbsDet follow", ([, make], seed) => {
    const K = make();
    const theta = random(seed, K.thetaShape);
    const matrix = matrixOf(K, theta);
    const sigma = Array.from(singularValues(K, theta).toArray());
    expect(sigma).toEqual([...sigma].sort((a, b) => b - a));
    expect(sigma.reduce((s, x) => s + x * x, 0)).toBeCloseTo(
      matrix.flat().reduce((s, x) => s + x * x, 0),
      9,
    );
    const det = Math.abs(determinant(matrix));
    expect(sigma.reduce((p, x) => p * x, 1)).toBeCloseTo(det, 8);
    const x = random(seed + 1, [matrix.length]).toArray();
    const length = (v: ArrayLike<number>) => Math.hypot(...Array.from(v));
    expect(length(times(matrix, x))).toBeLessThanOrEqual(sigma[0]! * length(x) * (1 + 1e-12));
    expect(operatorNorm(K, theta).item()).toBe(sigma[0]);
    expect(estimateNorm(K, theta, { tolerance: 1e-13, maxIterations: 20_000 }).norm / sigma[0]!).toBeCloseTo(1, 11);
    if (sigma.at(-1)! < 1e-6 * sigma[0]!) return;
    expect(condition(K, theta).item() / (sigma[0]! / sigma.at(-1)!)).toBeCloseTo(1, 12);
    expect(logAbsDet(K, theta).item()).toBeCloseTo(Math.log(det), 8);
  });

  test.each([3, 8, 15])("the periodic Laplacian of n = %i points has 2 − 2cos(2πk/n) at frequency k", (n) => {
    const K = convolution([n, 1], { channels: 1, kernel: 3, boundary: "periodic" });
    const lambda = spectrum(K, ndarray(backend, [-1, 2, -1], [3, 1, 1])).toArray();
    for (let k = 0; k < n; k++) {
      expect(lambda[k]).toBeCloseTo(2 - 2 * Math.cos((2 * Math.PI * k) / n), 13);
      expect(lambda[n + k]).toBeCloseTo(0, 13);
    }
    expect(logAbsDet(K, ndarray(backend, [-1, 2, -1], [3, 1, 1])).item()).toBeLessThan(-30);
  });

  test("the Laplacian with zero boundary has 2 − 2cos(πk/(n + 1)), from its dense block", () => {
    const K = convolution([6, 1], { channels: 1, kernel: 3, boundary: "zero" });
    const theta = ndarray(backend, [-1, 2, -1], [3, 1, 1]);
    const lambda = spectrum(K, theta).toArray();
    for (let k = 1; k <= 6; k++) expect(lambda[k - 1]).toBeCloseTo(2 - 2 * Math.cos((Math.PI * k) / 7), 13);
    expect(logAbsDet(K, theta).item()).toBeCloseTo(Math.log(7), 12);
  });

  test("tags make reals real and imaginaries imaginary, in Fourier blocks of several channels too", () => {
    const symmetric = spectrum(symmetricMatrix(3), random(3, symmetricMatrix(3).thetaShape)).toArray();
    expect(symmetric.slice(3)).toEqual(new Float64Array(3));
    const antisymmetric = spectrum(antisymmetricMatrix(3), ndarray(backend, [1, 2, 2])).toArray();
    expect(antisymmetric.slice(0, 3)).toEqual(new Float64Array(3));
    // ±√(1 + 4 + 4) i and 0
    expect(antisymmetric[3]).toBeCloseTo(-3, 13);
    expect(antisymmetric[4]).toBe(0);
    expect(antisymmetric[5]).toBe(-antisymmetric[3]!);
    const plain = convolution([4, 1], { channels: 1, kernel: 3, boundary: "periodic" });
    const odd: ParametricOperator<Value> = { ...plain, tags: ["antisymmetric"] };
    const lambda = spectrum(odd, ndarray(backend, [0.3, 0, -0.3], [3, 1, 1])).toArray();
    expect(lambda.slice(0, 4)).toEqual(new Float64Array(4));
    // λ(ω) = 0.3 (e^{iω} − e^{−iω}), at ω = π/2
    expect(lambda[5]).toBeCloseTo(0.6, 14);
  });

  const smooth: [string, (K: Parameterization, theta: Value) => Value][] = [
    ["spectrum", (K, t) => spectrum(K, t)],
    ["singularValues", (K, t) => singularValues(K, t)],
    ["operatorNorm", (K, t) => operatorNorm(K, t)],
    ["condition", (K, t) => condition(K, t)],
    ["logAbsDet", (K, t) => logAbsDet(K, t)],
  ];
  for (const [name, f] of smooth) {
    test.each(operators.filter(([kind]) => kind !== "antisymmetric"))(`${name} is differentiable to second order: %s`, (_, make) => {
      const K = make();
      const theta = random(17, K.thetaShape);
      const report = checkDerivatives((t: Value) => f(K, t), theta, { order: 2, entries: 8 });
      expect(report.ok, String(report)).toBe(true);
    });
  }

  test("eigenvalues of an antisymmetric matrix are differentiable; its singular values come in pairs and are refused one by one", () => {
    const K = antisymmetricMatrix(4);
    const theta = random(5, K.thetaShape);
    const report = checkDerivatives((t: Value) => spectrum(K, t), theta, { order: 2 });
    expect(report.ok, String(report)).toBe(true);
    expect(() => grad((t: Value) => operatorNorm(K, t))(theta)).toThrow(NotDifferentiableError);
    expect(() => grad((t: Value) => operatorNorm(K, t))(theta)).toThrow("operatorNorm: values 0, 1 coincide");
    const squares = (t: Value) => sum(mul(singularValues(K, t), singularValues(K, t)));
    // Σσ² = ‖K‖_F² = 2‖θ‖²
    grad(squares)(theta)
      .toArray()
      .forEach((g, i) => expect(g).toBeCloseTo(4 * theta.toArray()[i]!, 11));
  });

  test("the gradient of log|det K| of a dense K is K⁻ᵀ", () => {
    const K = denseMatrix([2], [2]);
    const gradient = grad((t: Value) => logAbsDet(K, t))(
      ndarray(backend, [
        [2, 1],
        [4, 5],
      ]),
    ).toArray();
    [5 / 6, -4 / 6, -1 / 6, 2 / 6].forEach((x, i) => expect(gradient[i]).toBeCloseTo(x, 14));
  });

  test("rectangular: singular values of K and Kᵀ agree, and a spectrum is refused", () => {
    const K = convolution([4, 2], { channels: 3, kernel: 3, boundary: "periodic" });
    const theta = random(9, K.thetaShape);
    const sigma = singularValues(K, theta).toArray();
    expect(sigma.length).toBe(8);
    // Row i of KᵀK is Kᵀ times column i of K.
    const columns = transposed(matrixOf(K, theta));
    const gram = columns.map((column) => times(columns, column));
    for (const s of sigma) expect(characteristic(gram, s * s, 0)).toBeLessThan(1e-6 * (2 * sigma[0]! ** 2) ** 8);
    expect(() => spectrum(K, theta)).toThrow(
      "spectrum: convolution maps [4, 2] to [4, 3]; it must be square; a rectangular one has singularValues",
    );
    expect(() => logAbsDet(K, theta)).toThrow(ShapeError);
  });

  test("blocks between two different bases have no eigenvalues of K: the dense matrix does", () => {
    const plain = convolution([3, 2], { channels: 2, kernel: 3, boundary: "periodic" });
    const form = fourierForm<Value>([3], 2, 2, (t) => plain.blockForm!.blocks(t));
    const K: ParametricOperator<Value> = { ...plain, blockForm: { ...form, sameBasis: false } };
    const theta = random(8, plain.thetaShape);
    const squares = (x: Value) => sum(complexAbs2(x)).item();
    expect(squares(spectrum(K, theta))).toBeCloseTo(squares(spectrum(plain, theta)), 10);
  });

  test("too large for a dense matrix: the error names what needs none", () => {
    const K = convolution([1100, 1], { channels: 1, kernel: 3, boundary: "zero" });
    const theta = ndarray(backend, [-1, 2, -1], [3, 1, 1]);
    expect(() => singularValues(K, theta)).toThrow(
      "singularValues: convolution maps [1100, 1] to [1100, 1], 1100 entries, too many for a dense matrix (1024 at most); estimateNorm finds the largest singular value without a matrix",
    );
    const { norm, outcome } = estimateNorm(K, theta);
    expect(outcome).toBe("converged");
    expect(norm).toBeGreaterThan(3.99);
    expect(norm).toBeLessThan(4 + 1e-12);
    expect(estimateNorm(K, theta, { maxIterations: 2 }).outcome).toBe("not converged");
  });

  test("parameters without arrays need a backend", () => {
    const K: ParametricOperator<readonly Value[]> = {
      name: "twice",
      inShape: [2],
      outShape: [2],
      numParams: 0,
      init: () => [],
      apply: (_, y) => add(y, y),
      applyTranspose: (_, z) => add(z, z),
    };
    expect(() => spectrum(K, [])).toThrow("denseForm: the parameters of twice hold no array");
    expect(spectrum(K, [], { backend }).toNested()).toEqual([
      [2, 2],
      [0, 0],
    ]);
    expect(() => estimateNorm(K, [])).toThrow("estimateNorm: the parameters of twice hold no array");
    expect(estimateNorm(K, [], { backend }).norm).toBeCloseTo(2, 12);
  });

  test("a singular matrix: log|det| is −∞, the condition ∞, and the smallest singular value has no derivative", () => {
    const K = diagonalMatrix(2);
    const theta = ndarray(backend, [0, 2]);
    expect(logAbsDet(K, theta).item()).toBe(Number.NEGATIVE_INFINITY);
    expect(condition(K, theta).item()).toBe(Number.POSITIVE_INFINITY);
    expect(() => grad((t: Value) => condition(K, t))(theta)).toThrow("condition: value 0 is 0 to rounding");
    expect(grad((t: Value) => operatorNorm(K, t))(theta).toArray()).toEqual(new Float64Array([0, 1]));
  });
});
