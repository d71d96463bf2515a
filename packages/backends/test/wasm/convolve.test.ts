import { setFlagsFromString } from "node:v8";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Contraction, ConvGeometry } from "../../src/backend.js";
import { values } from "../../src/laws/values.js";
import { relaxedSimdIsOn } from "../../src/wasm/features.js";
import type { Target } from "../../src/wasm/kernel.js";
import { lowerConvolve } from "../../src/wasm/lower-convolve.js";
import { convolveNaively, geometryOf, lengthsOf, operandLengths } from "./convolve-reference.js";
import { runLaunch, testBuffer, testTarget } from "./run-launch.js";

// Read when the first module is compiled.
setFlagsFromString("--experimental-wasm-relaxed-simd");

const contractions: readonly Contraction[] = ["apply", "applyTranspose", "jacobianTranspose"];

function contract(target: Target, which: Contraction, geometry: ConvGeometry, a: readonly number[], b: readonly number[]): Float64Array {
  return runLaunch(target, lowerConvolve(target, which, geometry, testBuffer(a), testBuffer(b)));
}

function agreesWithNaive(target: Target, which: Contraction, geometry: ConvGeometry, seed = 1): void {
  const inputs = operandLengths(which, geometry).map((length, i) => {
    const numbers = values(length, seed + i);
    return target.numbers.precision === "float32" ? numbers.map(Math.fround) : numbers;
  });
  const [a, b] = inputs as [number[], number[]];
  const want = convolveNaively(which, geometry, a, b);
  const got = contract(target, which, geometry, a, b);
  const { theta, z } = lengthsOf(geometry);
  const terms = which === "jacobianTranspose" ? z / Math.max(1, geometry.channelsOut) : theta;
  const epsilon = target.numbers.precision === "float32" ? 2 ** -23 : 2 ** -52;
  const allowed = 2 * (1 + terms) * epsilon;
  expect(got.length).toBe(want.length);
  const worst = got.reduce((most, x, i) => (Math.abs(x - want[i]!) <= most ? most : Math.abs(x - want[i]!)), 0);
  if (!(worst <= allowed)) throw new Error(`${which} ${JSON.stringify(geometry)}: an entry is off by ${worst}; allowed ${allowed}`);
}

const perAxis = fc.record({
  size: fc.integer({ min: 1, max: 12 }),
  kernel: fc.integer({ min: 1, max: 4 }),
  stride: fc.integer({ min: 1, max: 3 }),
  dilation: fc.integer({ min: 1, max: 2 }),
});

const geometries: fc.Arbitrary<ConvGeometry> = fc
  .record({
    examples: fc.integer({ min: 0, max: 3 }),
    axes: fc.array(perAxis, { minLength: 1, maxLength: 3 }),
    groups: fc.constantFrom(1, 1, 2, 5),
    inPerGroup: fc.constantFrom(1, 1, 2, 5),
    outPerGroup: fc.constantFrom(1, 1, 2, 3, 6, 11),
  })
  .filter(({ examples, axes, groups, inPerGroup, outPerGroup }) => {
    const cells = axes.reduce((product, { size, kernel }) => product * size * kernel, examples);
    return cells * groups * inPerGroup * outPerGroup < 40_000;
  })
  .map(({ examples, axes, groups, inPerGroup, outPerGroup }) => ({
    examples,
    grid: axes.map(({ size }) => size),
    kernel: axes.map(({ kernel }) => kernel),
    stride: axes.map(({ stride }) => stride),
    dilation: axes.map(({ dilation }) => dilation),
    groups,
    channelsIn: groups * inPerGroup,
    channelsOut: groups * outPerGroup,
  }));

const named: Readonly<Record<string, ConvGeometry>> = {
  pointwise: geometryOf({ examples: 2, grid: [9, 9], kernel: [1, 1], channelsIn: 21, channelsOut: 10 }),
  "pointwise of one pixel": geometryOf({ examples: 7, grid: [1, 1], kernel: [1, 1], channelsIn: 5, channelsOut: 9 }),
  "as large as the grid": geometryOf({ examples: 5, grid: [4, 4], kernel: [4, 4], channelsIn: 3, channelsOut: 9 }),
  "many channels": geometryOf({ examples: 3, grid: [9, 8], kernel: [3, 3], channelsIn: 9, channelsOut: 17 }),
  "one channel": geometryOf({ examples: 2, grid: [13, 39], kernel: [5, 5], channelsIn: 1, channelsOut: 1 }),
  "one channel, strided": geometryOf({ examples: 3, grid: [2], kernel: [1], stride: [2], channelsIn: 1, channelsOut: 1 }),
  "one channel, short rows": geometryOf({ examples: 5, grid: [9, 5], kernel: [3, 3], channelsIn: 1, channelsOut: 1 }),
  "cells behind the last window": geometryOf({ examples: 2, grid: [7], kernel: [2], stride: [2], channelsIn: 1, channelsOut: 1 }),
  "one channel, one pixel": geometryOf({ examples: 2, grid: [7], kernel: [4], dilation: [2], channelsIn: 1, channelsOut: 1 }),
  "from one channel": geometryOf({ examples: 2, grid: [14, 14], kernel: [5, 5], channelsIn: 1, channelsOut: 16 }),
  "to one channel": geometryOf({ examples: 2, grid: [11, 12], kernel: [3, 3], channelsIn: 7, channelsOut: 1 }),
  "to two channels": geometryOf({ examples: 2, grid: [9, 10], kernel: [3, 2], channelsIn: 5, channelsOut: 2 }),
  depthwise: geometryOf({ examples: 2, grid: [12, 11], kernel: [3, 3], groups: 11, channelsIn: 11, channelsOut: 11 }),
  "depthwise, strided and dilated": geometryOf({
    grid: [12, 13],
    kernel: [3, 3],
    stride: [2, 3],
    dilation: [1, 2],
    groups: 10,
    channelsIn: 10,
    channelsOut: 10,
  }),
  "depthwise with a multiplier": geometryOf({ grid: [9, 9], kernel: [3, 3], groups: 6, channelsIn: 6, channelsOut: 12 }),
  "depthwise, three to one": geometryOf({ grid: [8, 9], kernel: [2, 3], groups: 7, channelsIn: 21, channelsOut: 7 }),
  "depthwise, one to three": geometryOf({ examples: 2, grid: [8, 9], kernel: [2, 3], groups: 7, channelsIn: 7, channelsOut: 21 }),
  "groups of whole vectors": geometryOf({ grid: [9, 9], kernel: [3, 3], groups: 2, channelsIn: 8, channelsOut: 16 }),
  "stride 2": geometryOf({ examples: 2, grid: [13, 12], kernel: [3, 3], stride: [2, 2], channelsIn: 5, channelsOut: 6 }),
  "stride past the kernel": geometryOf({ examples: 2, grid: [11, 12], kernel: [2, 1], stride: [3, 2], channelsIn: 3, channelsOut: 4 }),
  "stride and dilation with a common divisor": geometryOf({
    grid: [21],
    kernel: [3],
    stride: [4],
    dilation: [6],
    channelsIn: 2,
    channelsOut: 3,
  }),
  patches: geometryOf({ examples: 2, grid: [16, 16], kernel: [4, 4], stride: [4, 4], channelsIn: 3, channelsOut: 8 }),
  "dilation 2": geometryOf({ examples: 2, grid: [13, 12], kernel: [3, 3], dilation: [2, 2], channelsIn: 4, channelsOut: 9 }),
  "one axis": geometryOf({ examples: 2, grid: [301], kernel: [4], dilation: [3], channelsIn: 2, channelsOut: 3 }),
  "one long axis, one example": geometryOf({ grid: [1000], kernel: [7], channelsIn: 1, channelsOut: 1 }),
  "three axes": geometryOf({ examples: 2, grid: [6, 7, 5], kernel: [3, 2, 3], channelsIn: 3, channelsOut: 5 }),
  "three axes, dilated and strided": geometryOf({
    grid: [7, 8, 9],
    kernel: [2, 3, 2],
    stride: [2, 1, 2],
    dilation: [2, 2, 3],
    channelsIn: 2,
    channelsOut: 4,
  }),
  "separate axes": geometryOf({ examples: 2, grid: [12, 9], kernel: [3, 1], channelsIn: 4, channelsOut: 5 }),
  "no examples": geometryOf({ examples: 0, grid: [5, 5], kernel: [3, 3], channelsIn: 2, channelsOut: 3 }),
  "a kernel past the grid": geometryOf({ grid: [5, 2], kernel: [3, 3], channelsIn: 2, channelsOut: 3 }),
};

describe("convolve on WebAssembly", () => {
  for (const which of contractions) {
    it.each(Object.entries(named))(`${which}: %s`, (_, geometry) => {
      agreesWithNaive(testTarget("float32", 3), which, geometry);
      agreesWithNaive(testTarget("float64", 1), which, geometry);
    });
  }

  for (const relaxed of [false, true]) {
    it.skipIf(relaxed && !relaxedSimdIsOn()).each(["float32", "float64"] as const)(
      `any geometry, %s, ${relaxed ? "" : "no "}fused multiply-add`,
      (precision) => {
        fc.assert(
          fc.property(fc.constantFrom(...contractions), geometries, fc.constantFrom(1, 3), fc.nat(), (which, geometry, threads, seed) =>
            agreesWithNaive(testTarget(precision, threads, relaxed), which, geometry, seed),
          ),
          { numRuns: 60 },
        );
      },
    );
  }

  it("its three contractions are one trilinear form: ⟨z, K(θ)y⟩ = ⟨K(θ)ᵀz, y⟩ = ⟨Qᵀ(z ⊗ y), θ⟩", () => {
    const target = testTarget("float64", 2);
    fc.assert(
      fc.property(geometries, fc.nat(), (geometry, seed) => {
        const lengths = lengthsOf(geometry);
        const [theta, y, z] = [lengths.theta, lengths.y, lengths.z].map((length, i) => values(length, seed + i)) as [
          number[],
          number[],
          number[],
        ];
        const forms = [
          dot(contract(target, "apply", geometry, theta, y), z),
          dot(contract(target, "applyTranspose", geometry, theta, z), y),
          dot(contract(target, "jacobianTranspose", geometry, y, z), theta),
        ];
        const allowed = 8 * 2 ** -52 * (1 + lengths.theta * lengths.z);
        for (const form of forms) expect(Math.abs(form - forms[0]!)).toBeLessThanOrEqual(allowed);
      }),
      { numRuns: 40 },
    );
  });

  it("a convolution, not a correlation: the kernel runs backwards", () => {
    const geometry = geometryOf({ grid: [4], kernel: [2], channelsIn: 1, channelsOut: 1 });
    // z₀ = θ₀ y₁ + θ₁ y₀
    expect([...contract(testTarget("float32"), "apply", geometry, [1, 10], [1, 2, 3, 4])]).toEqual([12, 23, 34]);
    expect([...contract(testTarget("float32"), "applyTranspose", geometry, [1, 10], [1, 2, 3])]).toEqual([10, 21, 32, 3]);
    expect([...contract(testTarget("float32"), "jacobianTranspose", geometry, [1, 2, 3, 4], [1, 2, 3])]).toEqual([20, 14]);
  });

  it("the same bits for any cut into threads in apply, where no sum crosses threads", () => {
    const geometry = named["many channels"]!;
    const [a, b] = operandLengths("apply", geometry).map((length) => values(length, length)) as [number[], number[]];
    expect(contract(testTarget("float32", 3), "apply", geometry, a, b)).toEqual(
      contract(testTarget("float32", 1), "apply", geometry, a, b),
    );
  });

  it("infinite entries of y reach exactly those of z that read them", () => {
    const geometry = geometryOf({ grid: [6, 7], kernel: [2, 2], channelsIn: 3, channelsOut: 1 });
    const y = values(6 * 7 * 3, 1);
    y[0] = Number.POSITIVE_INFINITY;
    const z = contract(testTarget("float32"), "apply", geometry, new Array<number>(12).fill(1), y);
    expect([...z].map(Number.isFinite)).toEqual([...z].map((_, i) => i !== 0));
  });
});

function dot(a: ArrayLike<number>, b: readonly number[]): number {
  return b.reduce((sum, x, i) => sum + x * a[i]!, 0);
}
