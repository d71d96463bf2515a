import { add, matmul, mul, ndarray, reshape, slice, square, sub, sum, tanh, type Value } from "@paramat/core";
import { softmaxCrossEntropy } from "@paramat/layers";
import { describe, expect, it } from "vitest";
import { validationGradient } from "../../src/choosing/validation-gradient.js";
import { laplacianPenalty } from "../../src/smoothness/laplacian-penalty.js";
import { tikhonov } from "../../src/tikhonov.js";
import { backend, normal } from "../fixtures/trees.js";
import { newton } from "./newton.js";
import { gram, product, solveSquare } from "./slow-tikhonov.js";

const [Z, c, V, d] = [normal(1, 9, 4), normal(2, 9), normal(3, 7, 4), normal(4, 7)];
/** A w. */
const image = (A: Value, w: Value) => reshape(matmul(A, reshape(w, [w.size, 1])), [A.shape[0] as number]);
const fit = (A: Value, b: Value) => (w: Value) => mul(0.5, sum(square(sub(image(A, w), b))));

/** argmin ½‖Zw − c‖² + ½Σ_j λ_j w_j², and dE_val/d log λ_j from (ZᵀZ + Λ) dw/dλ_j = −w_j e_j. */
function ridge(lambdas: readonly number[]) {
  const [A, B] = [Z.toNested() as number[][], V.toNested() as number[][]];
  const H = gram(A, A).map((row, i) => row.map((x, j) => x + (i === j ? lambdas[i]! : 0)));
  const w = solveSquare(
    H,
    gram(
      A,
      Array.from(c.toArray(), (x) => [x]),
    ).map(([x]) => x!),
  );
  const errors = product(B, w).map((x, i) => x - d.toArray()[i]!);
  const slope = w.map((_, j) => B.reduce((s, row, i) => s + row[j]! * errors[i]!, 0));
  const derivatives = w.map((wj, j) => {
    const dw = solveSquare(
      H,
      w.map((_, i) => (i === j ? -wj : 0)),
    );
    return lambdas[j]! * slope.reduce((s, x, i) => s + x * dw[i]!, 0);
  });
  return { w: ndarray(backend, w), value: errors.reduce((s, e) => s + e * e, 0) / 2, derivatives };
}

describe("validationGradient", () => {
  it("is the closed form of ridge regression, for one λ and for one of each weight", () => {
    const one = ridge([0.7, 0.7, 0.7, 0.7]);
    const shared = validationGradient(
      { objective: (w: Value, lambda: Value) => add(fit(Z, c)(w), mul(lambda, tikhonov()(w))), validation: fit(V, d) },
      one.w,
      ndarray(backend, 0.7),
    );
    expect(shared.value).toBeCloseTo(one.value, 12);
    expect(shared.gradient.item()).toBeCloseTo(
      one.derivatives.reduce((a, b) => a + b, 0),
      9,
    );
    expect(shared.outcome).toBe("solved");
    expect(shared.iterations).toBeLessThanOrEqual(5);
    expect(shared.stationarity).toBeLessThan(1e-12);
    const each = [0.1, 2, 0.7, 5];
    const apart = ridge(each);
    const { gradient } = validationGradient(
      { objective: (w: Value, lambda: Value) => add(fit(Z, c)(w), mul(0.5, sum(mul(lambda, square(w))))), validation: fit(V, d) },
      apart.w,
      ndarray(backend, each),
    );
    apart.derivatives.forEach((expected, j) => {
      expect(gradient.toArray()[j]).toBeCloseTo(expected, 9);
    });
  });

  it("passes a Taylor test where nothing is quadratic, with trees of parameters and of λ", () => {
    // Softmax with a smooth and a small part, each with its own λ.
    const labels = ndarray(
      backend,
      Array.from({ length: 9 }, (_, e) => [e % 2, 1 - (e % 2)]),
    );
    const held = ndarray(
      backend,
      Array.from({ length: 7 }, (_, e) => [e % 3 === 0 ? 1 : 0, e % 3 === 0 ? 0 : 1]),
    );
    type P = { W: Value; bias: Value };
    type L = { smooth: Value; small: Value };
    const output = (data: Value, { W, bias }: P) => add(matmul(tanh(data), W, { transposeB: true }), bias);
    const smooth = laplacianPenalty(1, { asImages: [4, 1], h: 1, select: (path) => path === ".W" });
    const problem = {
      objective: (p: P, lambda: L) =>
        add(softmaxCrossEntropy(output(Z, p), labels), add(mul(lambda.smooth, smooth(p)), mul(lambda.small, tikhonov()(p)))),
      validation: (p: P) => softmaxCrossEntropy(output(V, p), held),
    };
    const start: P = { W: normal(5, 2, 4), bias: normal(6, 2) };
    const lambdaAt = (t: number): L => ({ smooth: ndarray(backend, 0.2 * Math.exp(t)), small: ndarray(backend, 0.1 * Math.exp(-2 * t)) });
    const solve = (lambda: L, from: P) => newton((p: P) => problem.objective(p, lambda), from);
    const here = solve(lambdaAt(0), start);
    const { gradient, value } = validationGradient(problem, here, lambdaAt(0));
    // Along the curve smooth·eᵗ, small·e⁻²ᵗ.
    const slope = gradient.smooth.item() - 2 * gradient.small.item();
    const steps = [0.1, 0.05, 0.025];
    const errors = steps.map((t) => Math.abs(problem.validation(solve(lambdaAt(t), here)).item() - value - t * slope));
    expect(errors[0]! / errors[1]!).toBeGreaterThan(3.5);
    expect(errors[1]! / errors[2]!).toBeGreaterThan(3.7);
    expect(Math.abs(slope)).toBeGreaterThan(1e-3);
  });

  it("says so where the Hessian is not positive definite, and refuses λ without a logarithm", () => {
    const problem = {
      objective: (w: Value, lambda: Value) => mul(lambda, sub(square(slice(w, 0, 0, 1)), square(slice(w, 0, 1, 2)))),
      validation: (w: Value) => sum(w),
    };
    const scalar = { ...problem, objective: (w: Value, lambda: Value) => sum(problem.objective(w, lambda)) };
    const at = validationGradient(scalar, ndarray(backend, [0, 1]), ndarray(backend, 1));
    expect(at.outcome).toBe("breakdown");
    expect(at.remedy).toMatch(/not positive definite/);
    expect(() => validationGradient(scalar, ndarray(backend, [0, 1]), ndarray(backend, [1, 0]))).toThrow(
      new RangeError("validationGradient: lambda holds 0; all numbers must be finite and > 0, as log λ is what changes"),
    );
  });
});
