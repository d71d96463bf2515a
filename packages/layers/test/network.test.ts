import { cpu } from "@paramat/backends";
import { ndarray, paths, relu, rng, ShapeError, sum } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import {
  activation,
  averagePooling,
  conv,
  dense,
  dropout,
  flatten,
  type Layer,
  maxPooling,
  network,
  softmaxCrossEntropy,
} from "../src/index.js";

const backend = cpu("float64");
const random = (seed: number, shape: readonly number[]) => {
  const stream = rng(seed);
  return ndarray(
    backend,
    Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => stream.normal()),
    shape,
  );
};

const lenet = network(
  [
    conv({ channels: 2, kernel: 3 }),
    activation(relu),
    maxPooling({ window: 2 }),
    conv({ channels: 3, kernel: 3, boundary: "periodic" }),
    averagePooling({ window: 2 }),
    flatten(),
    dense(4),
  ],
  { inShape: [8, 8, 1] },
);

describe("network", () => {
  test("infers shapes and counts parameters: 3·3·2 + 2, 3·3·2·3 + 3, 12·4 + 4", () => {
    expect(lenet.layers.map(({ name, layer }) => [name, layer.outShape])).toEqual([
      ["conv1", [8, 8, 2]],
      ["relu1", [8, 8, 2]],
      ["maxPool1", [4, 4, 2]],
      ["conv2", [4, 4, 3]],
      ["avgPool1", [2, 2, 3]],
      ["flatten1", [12]],
      ["dense1", [4]],
    ]);
    expect(lenet.numParams).toBe(20 + 57 + 52);
    expect(paths(lenet.init(rng(1), backend))).toEqual([
      ".conv1.theta",
      ".conv1.bias",
      ".conv2.theta",
      ".conv2.bias",
      ".dense1.theta",
      ".dense1.bias",
    ]);
  });

  test("gives what its layers give one after another, and its derivatives are right", () => {
    const params = lenet.init(rng(1), backend);
    const images = random(2, [3, 8, 8, 1]);
    const classes = ndarray(backend, [
      [1, 0, 0, 0],
      [0, 0, 1, 0],
      [0, 1, 0, 0],
    ]);
    expect(lenet.forward(params, images).shape).toEqual([3, 4]);
    const report = checkDerivatives((p: typeof params) => softmaxCrossEntropy(lenet.forward(p, images), classes), params, {
      seed: 4,
      order: 2,
    });
    expect(report.ok, String(report)).toBe(true);
  });

  test("one dense layer by hand: z = θy + b", () => {
    const net = network([dense(2)], { inShape: [2] });
    const params = {
      dense1: {
        theta: ndarray(backend, [
          [1, 2],
          [3, 4],
        ]),
        bias: ndarray(backend, [10, 20]),
      },
    };
    expect(
      net
        .forward(
          params,
          ndarray(backend, [
            [1, 1],
            [0, 1],
          ]),
        )
        .toNested(),
    ).toEqual([
      [13, 27],
      [12, 24],
    ]);
  });

  test("a bias can be left out", () => {
    const net = network([dense(2, { bias: false }), conv({ channels: 2, kernel: 1, bias: false })].slice(0, 1), { inShape: [3] });
    expect(paths(net.init(rng(1), backend))).toEqual([".dense1.theta"]);
    expect(net.numParams).toBe(6);
  });

  test("prints a summary", () => {
    expect(lenet.summary().split("\n")).toEqual([
      "layer     shape      parameters",
      "───────────────────────────────",
      "input     [8, 8, 1]",
      "conv1     [8, 8, 2]          20",
      "relu1     [8, 8, 2]",
      "maxPool1  [4, 4, 2]",
      "conv2     [4, 4, 3]          57",
      "avgPool1  [2, 2, 3]",
      "flatten1  [12]",
      "dense1    [4]                52",
      "───────────────────────────────",
      "total                       129",
    ]);
  });

  test("names the layer that does not fit", () => {
    expect(() => network([dense(3), maxPooling({ window: 2 })], { inShape: [4] })).toThrow(ShapeError);
    expect(() =>
      network([conv({ channels: 1, kernel: 3 }), conv({ channels: 1, kernel: 9, boundary: "none" })], { inShape: [4, 4, 1] }),
    ).toThrow("network: at conv2: convolution: a stencil of [9, 9]");
  });

  test("refuses sizes that are none, before anything runs", () => {
    const build =
      (...layers: Layer[]) =>
      () =>
        network(layers, { inShape: [4, 4, 1] });
    expect(build(conv({ channels: -2, kernel: 3 }))).toThrow("convolution: -2 channels; there must be a positive integer");
    expect(build(dense(2.5))).toThrow("denseMatrix: from [4, 4, 1] to [2.5]; every size must be a positive integer");
    expect(build(maxPooling({ window: 1.5 }))).toThrow("maxPool: window is 1.5; it must be a positive integer, or 2 of them");
    expect(build(maxPooling({ window: [2] }))).toThrow("maxPool: window is [2]; it must be a positive integer, or 2 of them");
    expect(
      build(
        averagePooling({
          window: 2,
          padding: [
            [2, 0],
            [0, 0],
          ],
        }),
      ),
    ).toThrow("less padding than window");
    expect(build(conv({ channels: 1, kernel: 3, boundary: "wrap" as never }))).toThrow(
      "convolution: boundary wrap; it must be one of zero, periodic",
    );
  });

  test("names the layer whose result is not what it declares, and a bias that is missing", () => {
    const input = random(1, [2, 3]);
    const wrong = network([activation((y) => sum(y), "total"), dense(2)], { inShape: [3] });
    expect(() => wrong.forward(wrong.init(rng(1), backend), input)).toThrow("network: total1 gave []; it declares [examples, 3]");
    expect(() => network([dense(2)], { inShape: [3] }).forward({ dense1: { theta: random(1, [2, 3]) } }, input)).toThrow(
      "dense: no bias among the parameters; found theta",
    );
  });

  test("refuses inputs of another shape, and missing parameters", () => {
    const params = lenet.init(rng(1), backend);
    expect(() => lenet.forward(params, random(1, [1, 7, 8, 1]))).toThrow(
      "network: the input is [1, 7, 8, 1]; it must be [examples, 8, 8, 1]",
    );
    expect(() => lenet.forward({ conv1: params.conv1 as never }, random(1, [1, 8, 8, 1]))).toThrow(
      "network: no parameters for conv2; found conv1",
    );
  });
});

describe("dropout", () => {
  const net = network([dropout(0.25)], { inShape: [1000] });
  const ones = ndarray(backend, new Float64Array(2000).fill(1), [2, 1000]);

  test("is the identity unless training", () => {
    expect(net.forward({}, ones)).toBe(ones);
  });

  test("keeps three quarters, divided by ¾, with a mean near 1", () => {
    const values = Array.from(net.forward({}, ones, { training: true, rng: rng(5) }).toArray());
    const kept = values.filter((v) => v !== 0);
    expect(kept.every((v) => v === 1 / 0.75)).toBe(true);
    expect(Math.abs(kept.length / values.length - 0.75)).toBeLessThan(0.03);
  });

  test("wants a rate in [0, 1) and randomness to train", () => {
    expect(() => dropout(1)).toThrow("dropout: the rate is 1; it must be in [0, 1)");
    expect(() => net.forward({}, ones, { training: true })).toThrow("dropout: training needs randomness");
  });
});

describe("pooling layers", () => {
  const image = ndarray(backend, [1, 2, 5, 6, 3, 4, 7, 8, 9, 8, 7, 6, 5, 4, 3, 2], [1, 4, 4, 1]);

  test("the largest and the mean of 2×2 windows, by hand", () => {
    expect(
      Array.from(
        network([maxPooling({ window: 2 })], { inShape: [4, 4, 1] })
          .forward({}, image)
          .toArray(),
      ),
    ).toEqual([4, 8, 9, 7]);
    expect(
      Array.from(
        network([averagePooling({ window: 2 })], { inShape: [4, 4, 1] })
          .forward({}, image)
          .toArray(),
      ),
    ).toEqual([2.5, 6.5, 6.5, 4.5]);
  });

  test("declare the shape that they give, with stride and padding", () => {
    const net = network(
      [
        maxPooling({
          window: 3,
          stride: 2,
          padding: [
            [1, 1],
            [0, 1],
          ],
        }),
      ],
      { inShape: [4, 4, 1] },
    );
    expect(net.forward({}, image).shape.slice(1)).toEqual(net.outShape);
  });

  test("refuse windows that do not fit", () => {
    expect(() => network([maxPooling({ window: 5 })], { inShape: [4, 4, 1] })).toThrow(
      "network: at maxPool1: maxPool: windows of 5 with padding 0 do not fit into inputs of [4, 4, 1]",
    );
  });
});
