import { cpu } from "@paramat/backends";
import { ndarray, rng } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { conv, flatten, hasOperator, network, operatorLayer, separableConvolution } from "../../src/index.js";

const backend = cpu("float64");

describe("operatorLayer", () => {
  const separable = operatorLayer("separable", (inShape) => separableConvolution(inShape, { channels: 2, kernel: 3 }));

  test("a separable convolution in a network: parameters, shapes, bias, derivatives", () => {
    const net = network([separable, flatten()], { inShape: [3, 2, 1] });
    expect(net.numParams).toBe(3 * 2 + 3 * 2 + 2);
    expect(net.outShape).toEqual([12]);
    const stream = rng(1);
    const params = net.init(stream, backend);
    const draw = (shape: number[]) =>
      ndarray(
        backend,
        Float64Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => stream.normal()),
        shape,
      );
    const report = checkDerivatives(
      ([p, y]: readonly [typeof params, ReturnType<typeof draw>]) => net.forward(p, y),
      [params, draw([2, 3, 2, 1])],
      {
        order: 2,
      },
    );
    expect(report.ok, String(report)).toBe(true);
    const lifted = { separable1: { ...params["separable1"], bias: ndarray(backend, [10, 20]) } };
    const zero = draw([1, 3, 2, 1]).toArray().fill(0);
    expect(net.forward(lifted, ndarray(backend, zero, [1, 3, 2, 1])).toNested()).toEqual([
      [10, 20, 10, 20, 10, 20, 10, 20, 10, 20, 10, 20],
    ]);
  });

  test("says its K; without bias there is none", () => {
    const built = operatorLayer("bare", (inShape) => separableConvolution(inShape, { channels: 2, kernel: 3 }), { bias: false }).build([
      3, 2, 1,
    ]);
    expect(hasOperator(built) && built.operator.name).toBe("separableConvolution");
    expect(built.numParams).toBe(12);
    expect(Object.keys(built.init(rng(1), backend))).toEqual(["theta"]);
    const layer = conv({ channels: 1, kernel: 3 }).build([4, 1]);
    expect(hasOperator(layer) && layer.operator.name).toBe("convolution");
    expect(hasOperator(flatten().build([4, 1]))).toBe(false);
  });
});
