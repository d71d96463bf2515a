import { test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { rng, sizeOf } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { depthwiseSeparableConvolution } from "../../src/index.js";
import { convolutionCases, settingOf } from "../stencils/convolution-cases.js";
import { expectParametricOperator } from "../stencils/expect-parametric-operator.js";
import { dense, values } from "../stencils/expect-stencil-model.js";
import { naiveConvolution } from "../stencils/naive-convolution.js";

const backend = cpu("float64");

describe("depthwiseSeparableConvolution", () => {
  property.prop([convolutionCases({ minWidth: 1 })], { numRuns: 15 })("is the convolution with θ^{oc} = Σ_k θ₂^{o,cm+k} θ₁^{ck}", (c) => {
    const { inShape, options } = settingOf({ ...c, groups: 1 });
    const multiplier = c.groups;
    const { channels } = options;
    const channelsIn = c.perGroup;
    const K = depthwiseSeparableConvolution(inShape, { channels, multiplier, kernel: c.kernel, boundary: c.boundary, stride: c.stride });
    const theta = K.init(rng(c.seed), backend);
    const [first, second] = [theta["depthwise"]!.toArray(), theta["pointwise"]!.toArray()];
    const inner = channelsIn * multiplier;
    const whole = Float64Array.from({ length: sizeOf(c.kernel) * channelsIn * channels }, (_, flat) => {
      const o = flat % channels;
      const from = Math.floor(flat / channels) % channelsIn;
      const j = Math.floor(flat / channels / channelsIn);
      let total = 0;
      for (let k = from * multiplier; k < (from + 1) * multiplier; k++) total += first[j * inner + k]! * second[k * channels + o]!;
      return total;
    });
    expectParametricOperator(K, theta, naiveConvolution(inShape, options)(whole), c.seed);
  });

  test("by hand: differences of two channels, added", () => {
    const K = depthwiseSeparableConvolution([2, 2], { channels: 1, kernel: 2, boundary: "zero" });
    const theta = { depthwise: values([1, 10, -1, -10], [2, 1, 2]), pointwise: values([1, 1], [1, 2, 1]) };
    // z_i = y_{i+1} − y_i on channel 0, ten times that on channel 1.
    expect(dense(K, theta)).toEqual([
      [-1, -10, 1, 10],
      [0, 0, -1, -10],
    ]);
  });

  test("re-discretizes the stencils and keeps the mixing", () => {
    const K = depthwiseSeparableConvolution([16, 1], { channels: 2, kernel: 3 });
    const theta = { depthwise: values([-67, 129, -59], [3, 1, 1]), pointwise: values([1, 2], [1, 1, 2]) };
    const fine = K.rediscretize(theta, { from: 16, to: 32 });
    expect(fine["pointwise"]).toBe(theta.pointwise);
    fine["depthwise"]!.toArray().forEach((x: number, i: number) => expect(x).toBeCloseTo([-263, 513, -247][i]!, 10));
  });
});
