import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { ndarray, rng, sizeOf } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { convolution, rediscretize, separableConvolution, separableStencil } from "../../src/index.js";
import { convolutionCases, settingOf } from "../stencils/convolution-cases.js";
import { expectParametricOperator } from "../stencils/expect-parametric-operator.js";
import { dense, values } from "../stencils/expect-stencil-model.js";
import { flatIndex, naiveConvolution, points } from "../stencils/naive-convolution.js";

const backend = cpu("float64");

describe("separableConvolution", () => {
  property.prop([convolutionCases({ minWidth: 1 })], { numRuns: 15 })("is the convolution with the outer product of its stencils", (c) => {
    const { inShape, options } = settingOf(c);
    const K = separableConvolution(inShape, options);
    const theta = K.init(rng(c.seed), backend);
    const stencils = c.kernel.map((_, axis) => theta[`axis${axis}`]!.toArray());
    const { perGroup } = c;
    const { channels } = options;
    const whole = new Float64Array(sizeOf(c.kernel) * perGroup * channels);
    for (const j of points(c.kernel)) {
      for (let from = 0; from < perGroup; from++) {
        for (let to = 0; to < channels; to++) {
          const factors = j.map((x, axis) => stencils[axis]![axis === 0 ? (x * perGroup + from) * channels + to : x * channels + to]!);
          whole[(flatIndex(j, c.kernel) * perGroup + from) * channels + to] = factors.reduce((a, b) => a * b, 1);
        }
      }
    }
    separableStencil(theta)
      .toArray()
      .forEach((x: number, i: number) => expect(x).toBeCloseTo(whole[i]!, 13));
    expectParametricOperator(K, theta, naiveConvolution(inShape, options)(whole), c.seed);
  });

  test("by hand: Sobel = smooth down ⊗ differentiate across", () => {
    const K = separableConvolution([3, 3, 1], { channels: 1, kernel: 3 });
    const theta = { axis0: values([1, 2, 1], [3, 1, 1]), axis1: values([1, 0, -1], [3, 1, 1]) };
    expect(K.numParams).toBe(6);
    // The middle row holds the stencil from last to first.
    expect(dense(K, theta)[4]!.map((x) => x + 0)).toEqual([-1, 0, 1, -2, 0, 2, -1, 0, 1]);
    const impulse = values([0, 0, 0, 0, 1, 0, 0, 0, 0], [1, 3, 3, 1]);
    expect(Array.from(K.apply(theta, impulse).toArray(), (x: number) => x + 0)).toEqual([1, 0, -1, 2, 0, -2, 1, 0, -1]);
  });

  property.prop([fc.integer({ min: 1, max: 1e6 })], { numRuns: 5 })("derivatives in both stencils and in y, to second order", (seed) => {
    const K = separableConvolution([4, 3, 2], { channels: 2, kernel: [3, 2], boundary: ["periodic", "reflect"] });
    const stream = rng(seed);
    const theta = K.init(stream, backend);
    const y = ndarray(
      backend,
      Float64Array.from({ length: 48 }, () => stream.normal()),
      [2, 4, 3, 2],
    );
    const report = checkDerivatives(([u, v, x]) => K.apply({ axis0: u!, axis1: v! }, x!), [theta["axis0"]!, theta["axis1"]!, y], {
      seed,
      order: 2,
    });
    expect(report.ok, String(report)).toBe(true);
  });

  test("periodic: the block form is that of the whole stencil", () => {
    const options = { channels: 2, kernel: 3, boundary: "periodic" as const };
    const K = separableConvolution([4, 5, 1], options);
    const theta = K.init(rng(1), backend);
    const form = convolution([4, 5, 1], options).blockForm;
    expect(form).toBeDefined();
    expect(K.blockForm?.blocks(theta).toNested()).toEqual(form?.blocks(separableStencil(theta)).toNested());
  });

  test("starts with K y of twice the variance of y", () => {
    const stream = rng(3);
    const K = separableConvolution([8, 8, 3], { channels: 400, kernel: 5, boundary: "periodic" });
    const y = ndarray(
      backend,
      Float64Array.from({ length: 192 }, () => stream.normal()),
      [1, 8, 8, 3],
    );
    const z = K.apply(K.init(stream, backend), y).toArray();
    expect(Math.abs([...z].reduce((s, x) => s + x * x, 0) / z.length - 2)).toBeLessThan(0.5);
  });

  test("re-discretizes axis by axis, as the whole stencil does", () => {
    const K = separableConvolution([8, 16, 2], { channels: 3, kernel: [3, 5] });
    const theta = K.init(rng(2), backend);
    const grids = { from: [8, 16], to: [16, 64] };
    const whole = rediscretize(separableStencil(theta), grids).toArray();
    separableStencil(K.rediscretize(theta, grids))
      .toArray()
      .forEach((x: number, i: number) => expect(x).toBeCloseTo(whole[i]!, 9));
  });

  test("refuses stencils of another shape, naming the axis", () => {
    const K = separableConvolution([4, 4, 1], { channels: 1, kernel: 3 });
    const theta = K.init(rng(1), backend);
    const y = values(new Array<number>(16).fill(1), [1, 4, 4, 1]);
    expect(() => K.apply({ ...theta, axis1: values([1, 2], [2, 1, 1]) }, y)).toThrow(
      "separableConvolution: axis1 is [2, 1, 1]; it must be [3, 1, 1]",
    );
    expect(() => K.apply({ axis0: theta["axis0"]! }, y)).toThrow("separableConvolution: axis1 is not among the parameters");
    expect(() => separableConvolution([4], { channels: 1, kernel: 3 })).toThrow("convolution: the input is [4]");
  });
});
