import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { constantRate, cosineDecay, oneCycle, stepDecay, warmup } from "../../src/optimizers/schedules.js";

describe("schedules", () => {
  it("constantRate stays", () => {
    expect([0, 1, 1000].map(constantRate(0.3))).toEqual([0.3, 0.3, 0.3]);
  });

  it("cosineDecay runs from `from` through the middle to `to`, and stays there", () => {
    const rate = cosineDecay({ from: 1, to: 0.5, steps: 8 });
    expect(rate(0)).toBe(1);
    expect(rate(2)).toBeCloseTo(0.5 + 0.25 * (1 + Math.SQRT1_2), 15);
    expect(rate(4)).toBeCloseTo(0.75, 15);
    expect([rate(8), rate(9), rate(1000)]).toEqual([0.5, 0.5, 0.5]);
    expect(cosineDecay({ from: 1, steps: 2 })(2)).toBe(0);
  });

  it("cosineDecay never rises", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 0, max: 60 }), (steps, t) => {
        const rate = cosineDecay({ from: 0.1, steps });
        expect(rate(t + 1)).toBeLessThanOrEqual(rate(t));
      }),
    );
  });

  it("stepDecay multiplies at every `every` steps", () => {
    const rate = stepDecay({ from: 8, factor: 0.5, every: 3 });
    expect([0, 1, 2, 3, 5, 6, 9].map(rate)).toEqual([8, 8, 8, 4, 4, 2, 1]);
  });

  it("warmup climbs to what follows, which counts from 0 then", () => {
    expect([0, 1, 2, 3, 4, 9].map(warmup(4, 2))).toEqual([0.5, 1, 1.5, 2, 2, 2]);
    const rate = warmup(2, stepDecay({ from: 4, factor: 0.5, every: 1 }));
    expect([0, 1, 2, 3, 4].map(rate)).toEqual([2, 4, 4, 2, 1]);
  });

  it("oneCycle climbs and comes down as torch.optim.lr_scheduler.OneCycleLR(max_lr=0.5, total_steps=10)", () => {
    const want = [
      0.02, 0.26, 0.5, 0.47524231600673683, 0.40587282697488153, 0.30563101096814466, 0.19437098903185537, 0.09412917302511849,
      0.024759683993263143, 2e-6,
    ];
    const rate = oneCycle({ peak: 0.5, steps: 10 });
    want.forEach((x, t) => void expect(Math.abs(rate(t) - x)).toBeLessThanOrEqual(1e-15));
    expect(rate(1000)).toBe(rate(9));
    expect(() => oneCycle({ peak: 0.5, steps: 3 })).toThrow("oneCycle: warm is 0.3 of 3 steps, so that the peak is at step -0.1");
    expect(() => oneCycle({ peak: 0.5, steps: 10, warm: 1 })).toThrow(RangeError);
  });

  it("refuses rates and counts that are none", () => {
    expect(() => constantRate(-1)).toThrow(new RangeError("constantRate: rate is -1; it must be a finite number ≥ 0"));
    expect(() => cosineDecay({ from: 1, to: Number.NaN, steps: 1 })).toThrow(
      new RangeError("cosineDecay: to is NaN; it must be a finite number ≥ 0"),
    );
    expect(() => cosineDecay({ from: 1, steps: 0 })).toThrow(new RangeError("cosineDecay: steps is 0; it must be a whole number ≥ 1"));
    expect(() => stepDecay({ from: 1, factor: 0.5, every: 1.5 })).toThrow(
      new RangeError("stepDecay: every is 1.5; it must be a whole number ≥ 1"),
    );
    expect(() => warmup(0, 1)).toThrow(new RangeError("warmup: steps is 0; it must be a whole number ≥ 1"));
  });
});
