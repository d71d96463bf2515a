import { readFileSync } from "node:fs";
import { add, compile, grad, matmul, mul, ndarray, square, sum, type Value, zeros } from "@paramat/core";
import { softmaxCrossEntropy } from "@paramat/layers";
import {
  type AdamState,
  adam,
  gaussNewton,
  lbfgs,
  type MinimizeOptions,
  newtonCg,
  nonlinearConjugateGradient,
  type Outcome,
  projectedGradient,
  proximalGradient,
  steepestDescent,
  trustRegion,
  varPro,
} from "@paramat/optim";
import { describe, expect, it } from "vitest";
import { backend, distance } from "./problems.js";

/** Found by scipy and Newton's method with the whole Hessian: scripts/fixtures/softmax_optimum.py. */
const fixture = JSON.parse(readFileSync(new URL("../fixtures/softmax-optimum.json", import.meta.url), "utf8")) as {
  readonly features: number[][];
  readonly target: number[][];
  readonly lambda: number;
  readonly weights: number[][];
  readonly value: number;
};
const [Z, C] = [ndarray(backend, fixture.features), ndarray(backend, fixture.target)];
const start = zeros(backend, [4, 3]);
const loss = (output: Value) => softmaxCrossEntropy(output, C);
const model = (W: Value) => matmul(Z, W);
const tikhonov = (W: Value) => mul(fixture.lambda / 2, sum(square(W)));
const f = (W: Value) => add(loss(model(W)), tikhonov(W));
const ridge = Object.assign(tikhonov, { prox: (W: Value, tau: number) => mul(1 / (1 + fixture.lambda * tau), W) });

const methods: { readonly [name: string]: (options: MinimizeOptions<Value>) => Promise<Outcome<Value>> } = {
  steepestDescent: (options) => steepestDescent(f, start, options),
  nonlinearConjugateGradient: (options) => nonlinearConjugateGradient(f, start, options),
  lbfgs: (options) => lbfgs(f, start, options),
  newtonCg: (options) => newtonCg(f, start, options),
  trustRegion: (options) => trustRegion(f, start, options),
  gaussNewton: (options) => gaussNewton({ model, loss, penalty: tikhonov }, start, options),
  projectedGradient: (options) => projectedGradient(f, (W) => W, start, options),
  proximalGradient: (options) => proximalGradient((W: Value) => loss(model(W)), ridge, start, options),
};

describe("softmax cross-entropy + Tikhonov", () => {
  it.each(Object.entries(methods))(
    "%s finds the minimizer that scipy finds, as near as the gradient asked for says",
    async (_, minimize) => {
      // ∇²f ≥ λI, so that ‖W − W*‖ ≤ ‖∇f‖/λ; scipy's gradient is 4e-17.
      for (const gradientTolerance of [1e-8, 1e-12]) {
        const found = await minimize({ gradientTolerance, maxIterations: 5000 });
        expect(found.status).toBe("converged");
        expect(distance(found.params, fixture.weights.flat())).toBeLessThanOrEqual(gradientTolerance / fixture.lambda);
        expect(Math.abs(found.value - fixture.value)).toBeLessThanOrEqual(1e-13);
      }
    },
  );

  it("the inner solver of varPro finds it too", async () => {
    const problem = varPro({ features: (x: Value) => mul(x, Z), target: C, loss: "softmaxCrossEntropy", lambda: fixture.lambda });
    const { weights, isConverged } = await problem.weightsAt(ndarray(backend, 1));
    expect(isConverged).toBe(true);
    expect(distance(weights, fixture.weights.flat())).toBeLessThanOrEqual(1e-9);
  });

  it("adam comes near it", () => {
    const rule = adam({ learningRate: (t) => 0.3 * 0.995 ** t });
    const step = compile((W: Value, state: AdamState) => rule.step(W, grad(f)(W), state));
    let at = { params: start, state: rule.init(start) };
    for (let k = 0; k < 1500; k++) at = step(at.params, at.state);
    expect(distance(at.params, fixture.weights.flat())).toBeLessThanOrEqual(1e-4);
  });
});
