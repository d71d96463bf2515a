import { cpu } from "@paramat/backends";
import { add, grad, mul, ndarray, sum, type Value } from "@paramat/core";
import { assertOptimizer } from "@paramat/optim/laws";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AdamOptions, adam } from "../../src/optimizers/adam.js";

const backend = cpu("float64");

/** ½Σp² + ¼Σp⁴, with gradient p + p³. */
const quartic = (p: Value): Value => {
  const square = mul(p, p);
  return add(mul(0.5, sum(square)), mul(0.25, sum(mul(square, square))));
};

function threeSteps(options: AdamOptions): number[] {
  const optimizer = adam(options);
  let params = ndarray(backend, [1, -2]);
  let state = optimizer.init(params);
  return [1, 2, 3].flatMap(() => {
    ({ params, state } = optimizer.step(params, grad(quartic)(params), state));
    return [...params.toArray()];
  });
}

describe("adam", () => {
  it("moves every entry by η in the first step, whatever the gradient's size", () => {
    const params = ndarray(backend, [1, 1, 1, 1]);
    const optimizer = adam({ learningRate: 0.25, epsilon: 0 });
    const { params: next, state } = optimizer.step(params, ndarray(backend, [1e-9, -1e-9, 7, -1e9]), optimizer.init(params));
    [0.75, 1.25, 0.75, 1.25].forEach((x, i) => expect(next.toArray()[i]).toBeCloseTo(x, 13));
    expect(state.step.item()).toBe(1);
  });

  it("works out by hand for β₁ = ½, β₂ = ¾, ε = 0, λ = 0", () => {
    // g = 2 then 0, η = 1: m = 1, m̂ = 1/½ = 2; v = 1, v̂ = 1/¼ = 4; θ = 0 − 2/2 = −1.
    // m = ½, m̂ = ½/¾ = ⅔; v = ¾, v̂ = ¾/(7/16) = 12/7; θ = −1 − (2/3)/√(12/7).
    const optimizer = adam({ learningRate: 1, beta1: 0.5, beta2: 0.75, epsilon: 0 });
    const start = ndarray(backend, [0]);
    const one = optimizer.step(start, ndarray(backend, [2]), optimizer.init(start));
    expect(one.params.toArray()[0]).toBeCloseTo(-1, 15);
    const two = optimizer.step(one.params, ndarray(backend, [0]), one.state);
    expect(two.params.toArray()[0]).toBeCloseTo(-1 - 2 / 3 / Math.sqrt(12 / 7), 14);
    expect([(two.state.mean as Value).toNested(), (two.state.square as Value).toNested()]).toEqual([[0.5], [0.75]]);
  });

  // torch 1.13, float64: p = torch.tensor([1., -2.]); three times: loss = (p**2).sum()*0.5 + (p**4).sum()*0.25; loss.backward(); opt.step()
  it("agrees with torch.optim.Adam(lr=0.1)", () => {
    const want = [0.9000000005, -1.9000000001, 0.8010487745533474, -1.8005622560037844, 0.70388214298421, -1.702083732468703];
    const found = threeSteps({ learningRate: 0.1 });
    want.forEach((x, i) => expect(Math.abs((found[i] as number) - x)).toBeLessThanOrEqual(1e-13));
  });

  it("agrees with torch.optim.AdamW(lr=0.1, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1)", () => {
    const want = [0.890000049999975, -1.880000009999999, 0.7826916530812528, -1.7621966627687022, 0.6791225261990903, -1.6472500831401677];
    const found = threeSteps({ learningRate: 0.1, beta1: 0.8, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.1 });
    want.forEach((x, i) => expect(Math.abs((found[i] as number) - x)).toBeLessThanOrEqual(1e-13));
  });

  it("follows a scalar loop of the paper's algorithm", () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    const beta = fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.999, noNaN: true }));
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 8 }), beta, beta, (gradients, beta1, beta2) => {
        const optimizer = adam({ learningRate: 0.1, beta1, beta2, epsilon: 1e-3, weightDecay: 0.01 });
        let params = ndarray(backend, [1]);
        let state = optimizer.init(params);
        let [theta, m, v] = [1, 0, 0];
        gradients.forEach((g, i) => {
          ({ params, state } = optimizer.step(params, ndarray(backend, [g]), state));
          m = beta1 * m + (1 - beta1) * g;
          v = beta2 * v + (1 - beta2) * g * g;
          const t = i + 1;
          theta = theta * (1 - 0.1 * 0.01) - (0.1 * (m / (1 - beta1 ** t))) / (Math.sqrt(v / (1 - beta2 ** t)) + 1e-3);
        });
        expect(Math.abs((params.toArray()[0] as number) - theta)).toBeLessThanOrEqual(1e-11);
      }),
    );
  });

  it("keeps the digits of 1 − βᵗ in float32, where β is near 1", () => {
    const single = cpu("float32");
    const start = ndarray(single, [1]);
    const optimizer = adam({ learningRate: 0.25, epsilon: 0 });
    const { params } = optimizer.step(start, ndarray(single, [1e-3]), optimizer.init(start));
    expect(Math.abs((params.toArray()[0] as number) - 0.75)).toBeLessThanOrEqual(4 * single.epsilon);
  });

  it("converges on a badly scaled quadratic", () => {
    const optimizer = adam({ learningRate: (step) => 0.1 / (1 + step / 50) });
    const scale = ndarray(backend, [1, 1000]);
    let params = ndarray(backend, [3, -4]);
    let state = optimizer.init(params);
    for (let i = 0; i < 2000; i++) ({ params, state } = optimizer.step(params, mul(scale, params), state));
    for (const x of params.toArray()) expect(Math.abs(x)).toBeLessThan(1e-6);
  });

  it("updates trees leaf by leaf, scalars among them", () => {
    const tree = { W: ndarray(backend, [[1, 2]]), rest: [ndarray(backend, 3)] };
    const g = { W: ndarray(backend, [[1, -1]]), rest: [ndarray(backend, 5)] };
    const optimizer = adam({ learningRate: 0.5, epsilon: 0 });
    const { params, state } = optimizer.step(tree, g, optimizer.init(tree));
    expect(params.W.toArray().map((x) => Math.round(1e12 * x) / 1e12)).toEqual(Float64Array.of(0.5, 2.5));
    expect(params.rest[0]?.item()).toBeCloseTo(2.5, 13);
    expect((state.mean as typeof tree).rest[0]?.item()).toBeCloseTo(0.5, 15);
  });

  it("refuses options outside their ranges", () => {
    expect(() => adam({ beta1: 1 })).toThrow(new RangeError("adam: beta1 is 1; it must be in [0, 1)"));
    expect(() => adam({ beta2: -0.1 })).toThrow(new RangeError("adam: beta2 is -0.1; it must be in [0, 1)"));
    expect(() => adam({ epsilon: -1 })).toThrow(new RangeError("adam: epsilon is -1; it must be a finite number ≥ 0"));
    expect(() => adam({ weightDecay: -1 })).toThrow(new RangeError("adam: weightDecay is -1; it must be a finite number ≥ 0"));
    expect(() => adam({ learningRate: Number.POSITIVE_INFINITY })).toThrow(RangeError);
    expect(() => adam().init([])).toThrow(TypeError);
  });
});

describe("adam as an optimizer", () => {
  it("obeys the laws of update rules", () => assertOptimizer((learningRate) => adam({ learningRate }), backend, { isSteady: true }));
});
