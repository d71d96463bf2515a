import { cpu } from "@paramat/backends";
import { ndarray, relu, rng, type Value } from "@paramat/core";
import { describe, expect, test } from "vitest";
import {
  activation,
  averagePooling,
  conv,
  dense,
  diagonalMatrix,
  differentialConvolution,
  doublySymmetricConvolution,
  flatten,
  type Layer,
  mMatrixStencilConvolution,
  network,
  operatorLayer,
  parametric,
  rediscretize,
  rediscretizeNetwork,
  resampleDense,
  separableConvolution,
} from "../../src/index.js";

const backend = cpu("float64");
const onGrid = (n: number, layers: readonly Layer[], channels = 1) => network(layers, { inShape: [n, n, channels] });
const numbers = (x: unknown) => [...(x as Value).toArray()];

describe("rediscretizeNetwork", () => {
  test("each layer by its kind, at its own resolution, biases as they were", () => {
    const layers = (scale: number) => [
      conv({ channels: 2, kernel: 3 }),
      activation(relu),
      averagePooling({ window: 2 }),
      parametric("symmetric", (inShape) => doublySymmetricConvolution(inShape, { channels: 2, kernel: 3 })),
      operatorLayer("separable", (inShape) => separableConvolution(inShape, { channels: 2, kernel: 3 })),
      parametric("differential", (inShape) => differentialConvolution(inShape, { channels: 2 })),
      averagePooling({ window: 2 * scale }),
      flatten(),
      dense(3),
    ];
    const [coarse, fine] = [onGrid(8, layers(1)), onGrid(16, layers(2))];
    const params = coarse.init(rng(1), backend);
    const result = rediscretizeNetwork(params, coarse, fine);
    const grids = { from: [8, 8], to: [16, 16] };
    const half = { from: [4, 4], to: [8, 8] };
    expect(numbers(result["conv1"]!["theta"])).toEqual(numbers(rediscretize(params["conv1"]!["theta"] as Value, grids)));
    expect(result["conv1"]!["bias"]).toBe(params["conv1"]!["bias"]);
    const symmetric = doublySymmetricConvolution([4, 4, 2], { channels: 2, kernel: 3 });
    expect(numbers(result["symmetric1"]!["theta"])).toEqual(numbers(symmetric.rediscretize(params["symmetric1"]!["theta"] as Value, half)));
    const separable = separableConvolution([4, 4, 2], { channels: 2, kernel: 3 });
    const theta = params["separable1"]!["theta"] as { axis0: Value; axis1: Value };
    expect(numbers((result["separable1"]!["theta"] as typeof theta).axis1)).toEqual(numbers(separable.rediscretize(theta, half)["axis1"]));
    expect(result["differential1"]!["theta"]).toBe(params["differential1"]!["theta"]);
    // The pooling's window grew with the grid, so the dense layer sees the same shape.
    expect(result["dense1"]!["theta"]).toBe(params["dense1"]!["theta"]);
    expect(fine.forward(result, ndarray(backend, new Float64Array(256), [1, 16, 16, 1])).shape).toEqual([1, 3]);
  });

  test("a network of smooth operators and dense weights gives on fine images nearly what it gives on coarse ones", () => {
    const layers = [conv({ channels: 2, kernel: 3, boundary: "periodic" }), flatten(), dense(3)];
    const image = (n: number) =>
      ndarray(
        backend,
        // Cell centres, so that a coarse cell holds the fine ones whose weights are its share.
        Array.from(
          { length: n * n },
          (_, i) => Math.sin((2 * Math.PI * (Math.floor(i / n) + 0.5)) / n) + Math.cos((2 * Math.PI * ((i % n) + 0.5)) / n),
        ),
        [1, n, n, 1],
      );
    const gap = (n: number, rediscretized: boolean) => {
      const [coarse, fine] = [onGrid(n, layers), onGrid(2 * n, layers)];
      const start = onGrid(8, layers);
      const params = rediscretizeNetwork(start.init(rng(2), backend), start, coarse);
      const all = rediscretizeNetwork(params, coarse, fine);
      const used = rediscretized ? all : { ...all, conv1: params["conv1"]! };
      const [a, b] = [coarse.forward(params, image(n)).toArray(), fine.forward(used, image(2 * n)).toArray()];
      return Math.hypot(...Array.from(a, (x, i) => x - b[i]!));
    };
    expect(Math.log2(gap(16, true) / gap(32, true))).toBeGreaterThan(1.8);
    expect(gap(32, true)).toBeLessThan(0.1 * gap(32, false));
  });

  test("dense weights after a flatten are resampled on the grid before it", () => {
    const layers = [flatten(), dense(2)];
    const [coarse, fine] = [onGrid(2, layers, 3), onGrid(4, layers, 3)];
    const params = coarse.init(rng(3), backend);
    const result = rediscretizeNetwork(params, coarse, fine);
    expect(numbers(result["dense1"]!["theta"])).toEqual(numbers(resampleDense(params["dense1"]!["theta"] as Value, [2, 2, 3], [4, 4, 3])));
  });

  test("a constraint that is kept by a free parameter is kept on the other grid too", () => {
    const layers = [parametric("diffusion", (inShape) => mMatrixStencilConvolution(inShape, { channels: 1, kernel: 3 }))];
    const [coarse, fine] = [onGrid(4, layers), onGrid(8, layers)];
    const K = mMatrixStencilConvolution([4, 4, 1], { channels: 1, kernel: 3 });
    const params = coarse.init(rng(4), backend);
    const result = rediscretizeNetwork(params, coarse, fine);
    const eta = (p: typeof params) => K.constraint!.fromFree(p["diffusion1"]!["theta"] as Value);
    const expected = K.rediscretize(eta(params), { from: 4, to: 8 }).toArray();
    eta(result)
      .toArray()
      .forEach((x: number, i: number) => expect(x).toBeCloseTo(expected[i]!, 12));
  });

  test("a rule of one's own", () => {
    const layers = [parametric("scaling", (inShape) => diagonalMatrix(inShape))];
    const [coarse, fine] = [onGrid(1, layers), onGrid(2, layers)];
    const params = { scaling1: { theta: ndarray(backend, [[[5]]]), bias: ndarray(backend, [1]) } };
    const fives = ndarray(backend, [5, 5, 5, 5], [2, 2, 1]);
    const result = rediscretizeNetwork(params, coarse, fine, { layers: { scaling1: (own) => ({ ...own, theta: fives }) } });
    expect(result).toEqual({ scaling1: { theta: fives, bias: params.scaling1.bias } });
    expect(() => rediscretizeNetwork(params, coarse, fine)).toThrow(
      "rediscretizeNetwork: at scaling1: diagonalMatrix does not say what its parameters for [1, 1, 1] are on [2, 2, 1]; give a rule: layers: { scaling1:",
    );
  });

  test("refuses networks of other layers, and stencils that become wider than the second network's", () => {
    const one = onGrid(8, [conv({ channels: 1, kernel: 3 })]);
    const other = onGrid(8, [flatten(), dense(2)]);
    expect(() => rediscretizeNetwork(one.init(rng(1), backend), one, other)).toThrow(
      "rediscretizeNetwork: from conv1 to flatten1, dense1; both networks must have the same layers",
    );
    const wide = [conv({ channels: 1, kernel: 7 })];
    const [coarse, fine] = [onGrid(8, wide), onGrid(16, wide)];
    expect(() => rediscretizeNetwork(coarse.init(rng(1), backend), coarse, fine, { by: "galerkin" })).toThrow(
      "rediscretizeNetwork: at conv1: theta is [9, 9, 1, 1], on the second grid it must be [7, 7, 1, 1]; build the layer for that shape, or give a rule",
    );
  });
});
