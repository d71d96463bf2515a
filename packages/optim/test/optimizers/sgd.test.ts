import { cpu } from "@paramat/backends";
import { add, grad, mul, ndarray, sum, type Value } from "@paramat/core";
import { assertOptimizer } from "@paramat/optim/laws";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type SgdOptions, sgd } from "../../src/optimizers/sgd.js";

const backend = cpu("float64");

/** ½Σp² + ¼Σp⁴, with gradient p + p³. */
const quartic = (p: Value): Value => {
  const square = mul(p, p);
  return add(mul(0.5, sum(square)), mul(0.25, sum(mul(square, square))));
};

/** The parameters after each of three steps from (1, −2). */
function threeSteps(options: SgdOptions): number[][] {
  const optimizer = sgd(options);
  let params = ndarray(backend, [1, -2]);
  let state = optimizer.init(params);
  return [1, 2, 3].map(() => {
    ({ params, state } = optimizer.step(params, grad(quartic)(params), state));
    return [...params.toArray()];
  });
}

function expectClose(found: readonly number[][], want: readonly number[][]): void {
  want.flat().forEach((x, i) => expect(Math.abs((found.flat()[i] as number) - x)).toBeLessThanOrEqual(32 * backend.epsilon));
}

describe("sgd", () => {
  it("works out by hand", () => {
    // g = (2, 4): v = (2, 4), θ = (1, 1) − ½(2, 4) = (0, −1); v = ½(2, 4) + (2, 4) = (3, 6), θ = (−1.5, −4); v = (3.5, 7), θ = (−3.25, −7.5)
    const optimizer = sgd({ learningRate: 0.5, momentum: 0.5 });
    const g = ndarray(backend, [2, 4]);
    let params = ndarray(backend, [1, 1]);
    let state = optimizer.init(params);
    const found = [1, 2, 3].map(() => {
      ({ params, state } = optimizer.step(params, g, state));
      return params.toNested();
    });
    expect(found).toEqual([
      [0, -1],
      [-1.5, -4],
      [-3.25, -7.5],
    ]);
    expect(state.step.item()).toBe(3);
    expect((state.velocity as Value).toNested()).toEqual([3.5, 7]);
  });

  // torch 1.13, float64: p = torch.tensor([1., -2.]); three times: loss = (p**2).sum()*0.5 + (p**4).sum()*0.25; loss.backward(); opt.step()
  it("agrees with torch.optim.SGD(lr=0.1)", () => {
    expectClose(threeSteps({ learningRate: 0.1 }), [
      [0.8, -1.0],
      [0.6688000000000001, -0.8],
      [0.5720050147328001, -0.6688000000000001],
    ]);
  });

  it("agrees with torch.optim.SGD(lr=0.1, weight_decay=0.01)", () => {
    expectClose(threeSteps({ learningRate: 0.1, weightDecay: 0.01 }), [
      [0.799, -0.998],
      [0.6672927601, -0.7978008007999999],
      [0.5701830041526861, -0.6664440064747285],
    ]);
  });

  it("agrees with torch.optim.SGD(lr=0.05, momentum=0.9)", () => {
    expectClose(threeSteps({ learningRate: 0.05, momentum: 0.9 }), [
      [0.9, -1.5],
      [0.72855, -0.8062499999999999],
      [0.5184823256786812, -0.11535780029296859],
    ]);
  });

  it("agrees with torch.optim.SGD(lr=0.05, momentum=0.9, weight_decay=0.01)", () => {
    expectClose(threeSteps({ learningRate: 0.05, momentum: 0.9, weightDecay: 0.01 }), [
      [0.8995, -1.4989999999999999],
      [0.72723596625625, -0.8039877750499999],
      [0.5162421771169479, -0.11189065209744327],
    ]);
  });

  it("agrees with torch.optim.SGD(lr=0.05, momentum=0.9, nesterov=True, weight_decay=0.01)", () => {
    expectClose(threeSteps({ learningRate: 0.05, momentum: 0.9, nesterov: true, weightDecay: 0.01 }), [
      [0.80905, -1.0481],
      [0.5997071883143256, -0.432346354109105],
      [0.3938689022232726, 0.07154605527112894],
    ]);
  });

  it("asks a schedule for the rate of each update, counted from 0", () => {
    // θ = 1 − 1·2 = −1, then −1 − ½·2 = −2, then −2 − ¼·2 = −2.5
    const asked: number[] = [];
    const optimizer = sgd({
      learningRate: (step) => {
        asked.push(step);
        return 0.5 ** step;
      },
    });
    const g = ndarray(backend, [2]);
    let params = ndarray(backend, [1]);
    let state = optimizer.init(params);
    const found = [1, 2, 3].map(() => {
      ({ params, state } = optimizer.step(params, g, state));
      return params.toNested();
    });
    expect(asked).toEqual([0, 1, 2]);
    expect(found).toEqual([[-1], [-2], [-2.5]]);
  });

  it("changes neither parameters nor state, and gives the same twice", () => {
    const optimizer = sgd({ learningRate: 0.1, momentum: 0.9 });
    const params = { W: ndarray(backend, [[1, 2]]), list: [ndarray(backend, 3)] };
    const first = optimizer.step(params, params, optimizer.init(params));
    const again = () => JSON.stringify([optimizer.step(first.params, params, first.state).params.W.toNested(), first.params.W.toNested()]);
    expect(again()).toBe(again());
    expect(params.W.toNested()).toEqual([[1, 2]]);
  });

  it("converges on every convex quadratic ½aθ² for which 0 < ηa < 2(1 + μ)", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.05, max: 0.9, noNaN: true }), fc.double({ min: 0, max: 0.9, noNaN: true }), (share, momentum) => {
        const a = 3;
        const optimizer = sgd({ learningRate: (share * 2 * (1 + momentum)) / a, momentum });
        let params = ndarray(backend, [1, -5]);
        let state = optimizer.init(params);
        for (let i = 0; i < 600; i++) ({ params, state } = optimizer.step(params, mul(a, params), state));
        // The roots of r² − (1 + μ − ηa)r + μ, by which a step multiplies, are at most √0.9 in size over these ranges.
        for (const x of params.toArray()) expect(Math.abs(x)).toBeLessThan(1e-6);
      }),
      { numRuns: 25 },
    );
  });

  it("is differentiable in the parameters it starts from", () => {
    // θ′ = θ − η·a·θ, so dθ′/dθ = 1 − ηa
    const optimizer = sgd({ learningRate: 0.1 });
    const after = (theta: Value): Value => sum(optimizer.step(theta, mul(3, theta), optimizer.init(theta)).params);
    expect((grad(after)(ndarray(backend, [2])).toArray()[0] as number) - 0.7).toBeCloseTo(0, 15);
  });

  it("refuses options outside their ranges", () => {
    expect(() => sgd({ learningRate: -1 })).toThrow(new RangeError("sgd: learningRate is -1; it must be a finite number ≥ 0"));
    expect(() => sgd({ learningRate: 1, momentum: 1 })).toThrow(new RangeError("sgd: momentum is 1; it must be in [0, 1)"));
    expect(() => sgd({ learningRate: 1, weightDecay: Number.NaN })).toThrow(
      new RangeError("sgd: weightDecay is NaN; it must be a finite number ≥ 0"),
    );
    expect(() => sgd({ learningRate: 1, nesterov: true })).toThrow(
      new TypeError("sgd: nesterov is true and momentum is 0; Nesterov's step needs a momentum in (0, 1)"),
    );
  });

  it("refuses a schedule's rate that is no rate, naming the step", () => {
    const x = ndarray(backend, [1]);
    const optimizer = sgd({ learningRate: () => Number.NaN });
    expect(() => optimizer.step(x, x, optimizer.init(x))).toThrow(
      new RangeError("sgd: the learning rate is NaN at step 0; it must be a finite number ≥ 0"),
    );
  });

  it("refuses trees that differ, and a tree without leaves", () => {
    const optimizer = sgd({ learningRate: 1 });
    const x = { a: ndarray(backend, [1, 2]) };
    expect(() => optimizer.step(x, { a: ndarray(backend, [1]) }, optimizer.init(x))).toThrow(
      "sgd: at .a one tree has shape [2], the other [1]; they must agree",
    );
    expect(() => optimizer.init({})).toThrow(
      new TypeError("sgd: the tree of parameters has no leaves; there must be at least one array to train"),
    );
  });
});

describe("sgd as an optimizer", () => {
  it("obeys the laws of update rules", () => {
    assertOptimizer((learningRate) => sgd({ learningRate }), backend, { isRotationInvariant: true, isSteady: true });
    assertOptimizer((learningRate) => sgd({ learningRate, momentum: 0.9, nesterov: true, weightDecay: 0.01 }), backend, {
      isRotationInvariant: true,
    });
  });
});
