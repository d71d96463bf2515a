import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { rmsprop } from "@paramat/optim";
import { assertOptimizer } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";
import { trajectory } from "../../src/laws/trajectory.js";

const start = () => ndarray(cpu("float64"), [1, -2]);
const near = (found: number[][], want: number[]) =>
  want.forEach((x, i) => void expect(Math.abs((found.flat()[i] as number) - x)).toBeLessThanOrEqual(1e-13));

describe("rmsprop", () => {
  // torch 1.13, float64: p = torch.tensor([1., -2.]); three times: loss = (p**2).sum()*0.5 + (p**4).sum()*0.25; loss.backward(); opt.step()
  it("agrees with torch.optim.RMSprop(lr=0.1)", () => {
    near(
      trajectory(() => rmsprop({ learningRate: 0.1 }), start(), 3),
      [4.999999791976961e-8, -1.0000000100000004, 2.487405484627051e-8, -0.802934152520633, 1.2311401517985068e-8, -0.6732613543583983],
    );
  });

  it("agrees with torch.optim.RMSprop(lr=0.05, alpha=0.9, eps=1e-6, momentum=0.5, centered=True, weight_decay=0.01)", () => {
    const options = { learningRate: 0.05, decay: 0.9, epsilon: 1e-6, momentum: 0.5, centered: true, weightDecay: 0.01 };
    near(
      trajectory(() => rmsprop(options), start(), 3),
      [0.8333336097286738, -1.833333388777981, 0.6454105369790615, -1.6369276010447202, 0.48260249041981607, -1.4549520277298424],
    );
  });

  it("obeys the laws of update rules", () => assertOptimizer((learningRate) => rmsprop({ learningRate }), cpu("float64")));

  it("refuses options outside their ranges", () => {
    expect(() => rmsprop({ decay: 1 })).toThrow(new RangeError("rmsprop: decay is 1; it must be in [0, 1)"));
    expect(() => rmsprop({ momentum: -0.5 })).toThrow(new RangeError("rmsprop: momentum is -0.5; it must be in [0, 1)"));
    expect(() => rmsprop({ epsilon: -1 })).toThrow(RangeError);
    expect(() => rmsprop({ weightDecay: Number.NaN })).toThrow(RangeError);
  });
});

describe("rmsprop, centered, with momentum and decay", () => {
  it("obeys the laws of update rules", () =>
    assertOptimizer((learningRate) => rmsprop({ learningRate, centered: true, momentum: 0.5, weightDecay: 0.1 }), cpu("float64")));
});
