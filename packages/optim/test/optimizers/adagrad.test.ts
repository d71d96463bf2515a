import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { adagrad } from "@paramat/optim";
import { assertOptimizer } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";
import { trajectory } from "../../src/laws/trajectory.js";

const start = () => ndarray(cpu("float64"), [1, -2]);
const near = (found: number[][], want: number[]) =>
  want.forEach((x, i) => void expect(Math.abs((found.flat()[i] as number) - x)).toBeLessThanOrEqual(1e-13));

describe("adagrad", () => {
  // torch 1.13, float64: p = torch.tensor([1., -2.]); three times: loss = (p**2).sum()*0.5 + (p**4).sum()*0.25; loss.backward(); opt.step()
  it("agrees with torch.optim.Adagrad(lr=0.5)", () => {
    near(
      trajectory(() => adagrad({ learningRate: 0.5 }), start(), 3),
      [0.500000000025, -1.500000000005, 0.3508625034546332, -1.2808988764100566, 0.2584529286400917, -1.135451779604713],
    );
  });

  it("agrees with torch.optim.Adagrad(lr=0.5, initial_accumulator_value=0.1, weight_decay=0.01)", () => {
    near(
      trajectory(() => adagrad({ learningRate: 0.5, initialSum: 0.1, weightDecay: 0.01 }), start(), 3),
      [0.5060754121421482, -1.5002488171437884, 0.35589255602308206, -1.2809757154770636, 0.26273660448656166, -1.1353645745912417],
    );
  });

  it("obeys the laws of update rules", () =>
    assertOptimizer((learningRate) => adagrad({ learningRate }), cpu("float64"), { learningRate: 0.5 }));

  it("refuses options outside their ranges", () => {
    expect(() => adagrad({ initialSum: -1 })).toThrow(new RangeError("adagrad: initialSum is -1; it must be a finite number ≥ 0"));
    expect(() => adagrad({ epsilon: -1 })).toThrow(RangeError);
    expect(() => adagrad({ weightDecay: -1 })).toThrow(RangeError);
    expect(() => adagrad({ learningRate: Number.NaN })).toThrow(RangeError);
  });
});
