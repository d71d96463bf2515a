import { add, matmul, mul, ndarray, square, sub, sum, tanh, type Value } from "@paramat/core";
import { leastSquares, softmaxCrossEntropy } from "@paramat/layers";
import { lbfgs, newtonCg, trustRegion, type VarProOptions, varPro } from "@paramat/optim";
import { describe, expect, it } from "vitest";
import { vectorsLike } from "../../src/minimize/vectors.js";
import { backend } from "./problems.js";

const Y = ndarray(
  backend,
  Array.from({ length: 20 }, (_, i) => [Math.sin(i + 1), Math.cos(3 * i), Math.sin(2 * i * i)]),
);
const target = ndarray(
  backend,
  Array.from({ length: 20 }, (_, i) => [0, 1, 2].map((k) => ((i * i + i) % 3 === k ? 1 : 0))),
);
const theta = ndarray(backend, [
  [0.6, -0.3, 0.2, 0.5],
  [-0.2, 0.9, 0.4, -0.7],
  [0.1, 0.3, -0.8, 0.4],
]);
const direction = ndarray(backend, [
  [0.3, 0.5, -0.2, 0.1],
  [0.8, -0.6, 0.3, 0.2],
  [-0.4, 0.2, 0.6, 0.7],
]);
const features = (K: Value) => tanh(matmul(Y, K));
const penalty = (K: Value) => mul(0.01, sum(square(K)));
const options = (loss: VarProOptions<Value>["loss"]): VarProOptions<Value> => ({ features, target, loss, lambda: 0.02, penalty });
const losses = { leastSquares, softmaxCrossEntropy };

describe.each(["leastSquares", "softmaxCrossEntropy"] as const)("varPro with %s", (loss) => {
  it("has the gradient of φ: Taylor's remainder vanishes with h²", async () => {
    const problem = varPro(options(loss));
    const { value, gradient, last } = await problem.valueAndGradient(theta);
    expect(last.isConverged).toBe(true);
    const slope = sum(mul(gradient, direction)).item();
    expect(Math.abs(slope)).toBeGreaterThan(1e-3);
    const remainders: number[] = [];
    for (const h of [2 ** -4, 2 ** -5, 2 ** -6, 2 ** -7, 2 ** -8, 2 ** -9]) {
      const there = await problem.valueAndGradient(add(theta, mul(h, direction)));
      remainders.push(Math.abs(there.value - value - h * slope));
    }
    remainders.slice(1).forEach((r, i) => {
      const order = Math.log2((remainders[i] as number) / r);
      expect(order).toBeGreaterThan(1.9);
      expect(order).toBeLessThan(2.2);
    });
  });

  it("gives φ(θ) = E(W*, θ), and no W has less", async () => {
    const { value, last } = await varPro(options(loss)).valueAndGradient(theta);
    const E = (W: Value) => losses[loss](matmul(features(theta), W), target).item() + 0.01 * sum(square(W)).item() + penalty(theta).item();
    expect(Math.abs(E(last.weights) - value)).toBeLessThanOrEqual(1e-13);
    for (const h of [1e-3, -1e-3]) {
      last.weights.toArray().forEach((_, i) => {
        const nudge = new Float64Array(last.weights.size);
        nudge[i] = h;
        expect(E(add(last.weights, ndarray(backend, nudge, last.weights.shape)))).toBeGreaterThan(value);
      });
    }
  });

  it("ends where minimizing over θ and W at once ends", async () => {
    const problem = varPro(options(loss));
    const reduced = await lbfgs(problem, theta, { gradientTolerance: 1e-7 });
    const both = await lbfgs(
      ({ K, W }: { K: Value; W: Value }) => add(add(losses[loss](matmul(features(K), W), target), mul(0.01, sum(square(W)))), penalty(K)),
      { K: theta, W: (await problem.weightsAt(theta)).weights },
      { gradientTolerance: 1e-7 },
    );
    expect([reduced.status, both.status]).toEqual(["converged", "converged"]);
    expect(reduced.value).toBeCloseTo(both.value, 10);
  });

  it("is the same without programs, and beginning at the last W within the tolerance", async () => {
    const plain = await varPro(options(loss)).valueAndGradient(theta);
    for (const other of [{ compile: false }, { warmStart: true }]) {
      const problem = varPro({ ...options(loss), ...other });
      await problem.valueAndGradient(direction);
      const { value, gradient } = await problem.valueAndGradient(theta);
      expect(Math.abs(value - plain.value)).toBeLessThanOrEqual(1e-13);
      gradient
        .toArray()
        .forEach((g: number, i: number) => void expect(Math.abs(g - (plain.gradient.toArray()[i] as number))).toBeLessThanOrEqual(1e-9));
    }
  });
});

const other = ndarray(
  backend,
  Array.from({ length: 3 }, (_, i) => [0, 1, 2, 3].map((j) => Math.sin(5 * i + 3 * j + 1))),
);

describe.each(["leastSquares", "softmaxCrossEntropy"] as const)("the Hessian of varPro with %s", (loss) => {
  const vectors = vectorsLike(theta);
  const inner = (a: Value, b: Value) => sum(mul(a, b)).item();

  it("is that of φ: Taylor's remainder of the gradient vanishes with h²", async () => {
    for (const compile of [true, false]) {
      const problem = varPro({ ...options(loss), compile });
      const { gradient } = await problem.valueAndGradient(theta);
      const apply = await problem.hessianAt(theta);
      const Hv = await apply(direction, vectors);
      expect(Math.abs(inner(Hv, direction))).toBeGreaterThan(1e-3);
      const remainders: number[] = [];
      for (const h of [2 ** -5, 2 ** -6, 2 ** -7, 2 ** -8]) {
        const there = await problem.valueAndGradient(add(theta, mul(h, direction)));
        const remainder = sub(sub(there.gradient, gradient), mul(h, Hv));
        remainders.push(Math.sqrt(inner(remainder, remainder)));
      }
      remainders.slice(1).forEach((r, i) => {
        const order = Math.log2((remainders[i] as number) / r);
        expect(order).toBeGreaterThan(1.85);
        expect(order).toBeLessThan(2.2);
      });
    }
  });

  it("is symmetric, and the same whether W was just found or not", async () => {
    const problem = varPro(options(loss));
    const apply = await problem.hessianAt(theta);
    const [Hu, Hv] = [await apply(other, vectors), await apply(direction, vectors)];
    const scale = Math.sqrt(inner(Hu, Hu) * inner(direction, direction));
    expect(Math.abs(inner(other, Hv) - inner(direction, Hu))).toBeLessThanOrEqual(1e-10 * scale);
    await problem.valueAndGradient(other);
    const again = await (await problem.hessianAt(theta))(other, vectors);
    again.toArray().forEach((x, i) => void expect(Math.abs(x - (Hu.toArray()[i] as number))).toBeLessThanOrEqual(1e-9));
  });

  it("lets Newton's methods end where lbfgs ends, in fewer steps", async () => {
    const start = (await lbfgs(varPro(options(loss)), theta, { gradientTolerance: 1e-2 })).params;
    const quasi = await lbfgs(varPro(options(loss)), start, { gradientTolerance: 1e-8 });
    for (const method of [newtonCg, trustRegion]) {
      const found = await method(varPro(options(loss)), start, { gradientTolerance: 1e-8 });
      expect(found.status).toBe("converged");
      expect(found.value).toBeCloseTo(quasi.value, 10);
      expect(found.iterations).toBeLessThan(quasi.iterations);
      expect(found.evaluations.hessianVector).toBeGreaterThan(0);
    }
  });

  it("does not call a point converged at which W was not found, and says so", async () => {
    const problem = varPro({ ...options(loss), innerIterations: 1 });
    const { last, doubt } = await problem.valueAndGradient(theta);
    expect([last.isConverged, last.gradientNorm > 1e-6]).toEqual([false, true]);
    expect(doubt).toMatch(/^varPro found W to ‖∂E\/∂W‖ = \d\.\de-\d only; raise lambda or innerIterations/);
    const found = await lbfgs(problem, theta, { gradientTolerance: 1e3 });
    expect(found.status).toBe("stalled");
    expect(found.reason).toContain("but value and gradient are not exact there: varPro found W to ‖∂E/∂W‖ = ");
    // W is found at the end and was not at the start.
    const both = [varPro({ ...options(loss), innerIterations: 1 }), varPro(options(loss))] as const;
    let asked = 0;
    const mixed = { valueAndGradient: (at: Value) => both[asked++ === 0 ? 0 : 1].valueAndGradient(at) };
    const healed = await lbfgs(mixed, theta, { maxIterations: 3 });
    expect(healed.reason).toMatch(/; 1 evaluation on the way had not been exact$/);
  });
});

describe("varPro", () => {
  it("solves ridge regression exactly", async () => {
    // W = (ZᵀZ/n + λI)⁻¹ ZᵀC/n with Z = (1, 1)ᵀ·θ, θ = 2, C = (3, 1)ᵀ, λ = 1: (4 + 1)⁻¹ · 4
    const one = ndarray(backend, [[1], [1]]);
    const problem = varPro({ features: (t: Value) => mul(t, one), target: ndarray(backend, [[3], [1]]), loss: "leastSquares", lambda: 1 });
    expect((await problem.weightsAt(ndarray(backend, 2))).weights.item()).toBeCloseTo(0.8, 13);
  });

  it("refuses a loss that it does not know", () => {
    const loss = "hinge" as "leastSquares";
    expect(() => varPro({ features: (x: Value) => x, target: ndarray(backend, [[1]]), loss, lambda: 1 })).toThrow(
      new TypeError('varPro: loss is "hinge"; it must be "leastSquares" or "softmaxCrossEntropy"'),
    );
  });

  it("refuses what it cannot solve", async () => {
    expect(() => varPro({ ...options("softmaxCrossEntropy"), lambda: 0 })).toThrow(
      new RangeError("varPro: lambda is 0, and without ½λ‖W‖² the softmax problem may have no minimizer; lambda must be > 0"),
    );
    expect(() => varPro({ ...options("leastSquares"), lambda: -1 })).toThrow(RangeError);
    await expect(varPro({ ...options("leastSquares"), features: (K: Value) => K }).weightsAt(theta)).rejects.toThrow(
      "varPro: the features are [3, 4], the target is [20, 3]; they must be [examples, features] and [examples, outputs]",
    );
  });
});
