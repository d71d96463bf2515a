import { cpu } from "@paramat/backends";
import { ndarray } from "@paramat/core";
import { adamW } from "@paramat/optim";
import { assertOptimizer } from "@paramat/optim/laws";
import { describe, expect, it } from "vitest";
import { trajectory } from "../../src/laws/trajectory.js";

describe("adamW", () => {
  it("agrees with torch.optim.AdamW(lr=0.1), whose decay is 0.01", () => {
    // torch 1.13, float64; the loss as in the tests of rmsprop
    const want = [0.8990000005, -1.8980000001, 0.7991656626799664, -1.7966801518940327, 0.7012409097667411, -1.6964473322333127];
    const found = trajectory(() => adamW({ learningRate: 0.1 }), ndarray(cpu("float64"), [1, -2]), 3).flat();
    want.forEach((x, i) => void expect(Math.abs((found[i] as number) - x)).toBeLessThanOrEqual(1e-13));
    expect(adamW().name).toBe("adamW");
  });

  it("obeys the laws of update rules", () => assertOptimizer((learningRate) => adamW({ learningRate }), cpu("float64")));
});
