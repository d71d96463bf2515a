import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { lion } from "@paramat/optim";
import { assertOptimizer } from "@paramat/optim/laws";
import fc from "fast-check";
import { describe, expect, it } from "vitest";

const backend = cpu("float64");

describe("lion", () => {
  it("works out by hand", () => {
    // g = (4, −4), m = 0: c = (2, −2), θ = (1, 1) − ¼(±1) = (0.75, 1.25), m = (1, −1); then g = (−4, 0): c = (−1.5, −0.5), θ = (1, 1.5)
    const rule = lion({ learningRate: 0.25, beta1: 0.5, beta2: 0.75 });
    const theta = ndarray(backend, [1, 1]);
    const first = rule.step(theta, ndarray(backend, [4, -4]), rule.init(theta));
    expect(first.params.toNested()).toEqual([0.75, 1.25]);
    expect(rule.step(first.params, ndarray(backend, [-4, 0]), first.state).params.toNested()).toEqual([1, 1.5]);
  });

  it("follows a scalar loop of the paper's algorithm", () => {
    const number = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(fc.array(number, { minLength: 1, maxLength: 8 }), (gradients) => {
        const rule = lion({ learningRate: 0.1, beta1: 0.9, beta2: 0.8, weightDecay: 0.3 });
        let params = ndarray(backend, [1]);
        let state = rule.init(params);
        let [theta, m] = [1, 0];
        for (const g of gradients) {
          ({ params, state } = rule.step(params, ndarray(backend, [g]), state));
          theta -= 0.1 * (Math.sign(0.9 * m + (1 - 0.9) * g) + 0.3 * theta);
          m = 0.8 * m + (1 - 0.8) * g;
        }
        expect(Math.abs((params.toArray()[0] as number) - theta)).toBeLessThanOrEqual(1e-13);
      }),
    );
  });

  it("obeys the laws of update rules", () => assertOptimizer((learningRate) => lion({ learningRate, weightDecay: 0.1 }), backend));

  it("refuses options outside their ranges", () => {
    expect(() => lion({ beta1: 1 })).toThrow(new RangeError("lion: beta1 is 1; it must be in [0, 1)"));
    expect(() => lion({ beta2: -1 })).toThrow(RangeError);
    expect(() => lion({ weightDecay: -1 })).toThrow(RangeError);
  });
});
