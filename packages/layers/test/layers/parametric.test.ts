import { cpu } from "@paramat/backends";
import { mapLeaves, mul, ndarray, rng, type Value } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { mMatrix, type NetworkParams, network, parametric, reportMMatrix, toDense } from "../../src/index.js";

const backend = cpu("float64");
const y = ndarray(backend, [
  [1, 2, 4],
  [0, -1, 1],
]);

const leaf = (params: NetworkParams, name: string) => params.m1?.[name] as Value;

describe("parametric, with a constraint", () => {
  test("kept free: any parameter gives an M-matrix, by softplus, and derivatives are right", () => {
    const net = network([parametric("m", () => mMatrix(3), { bias: false })], { inShape: [3] });
    const eta = ndarray(backend, [-3, -1, 0, 1, 2, 3]);
    const softplus = [-3, -1, 0, 1, 2, 3].map((e) => Math.log1p(Math.exp(e)));
    const expected = mMatrix(3).apply(ndarray(backend, softplus), y).toArray();
    net
      .forward({ m1: { theta: eta } }, y)
      .toArray()
      .forEach((z: number, i: number) => void expect(z).toBeCloseTo(expected[i] as number, 13));
    const report = checkDerivatives((e: Value) => net.forward({ m1: { theta: e } }, y), eta, { order: 2 });
    expect(report.ok, String(report)).toBe(true);
    // It starts where K's own θ would.
    const start = leaf(net.init(rng(1), backend), "theta");
    const theta = mMatrix(3).init(rng(1), backend).toArray();
    start.toArray().forEach((e: number, i: number) => void expect(Math.log1p(Math.exp(e))).toBeCloseTo(theta[i] as number, 13));
  });

  test("kept by projection: θ itself, put back to θ ≥ 0", () => {
    const net = network([parametric("m", () => mMatrix(3), { keep: "projection" })], { inShape: [3] });
    const params = net.project(mapLeaves(net.init(rng(2), backend), (leaf) => mul(leaf, -1)));
    expect(leaf(params, "theta").toNested()).toEqual([0, 0, 0, 0, 0, 0]);
    const mixed = net.project({ m1: { theta: ndarray(backend, [1, -2, 3, -4, 5, -6]), bias: ndarray(backend, [-1, 1, -1]) } });
    expect(leaf(mixed, "theta").toNested()).toEqual([1, 0, 3, 0, 5, 0]);
    expect(leaf(mixed, "bias").toNested()).toEqual([-1, 1, -1]);
    expect(reportMMatrix(mMatrix(3), leaf(mixed, "theta"))).toMatchObject({ holds: true });
  });

  test("not kept: θ as it is", () => {
    const net = network([parametric("m", () => mMatrix(2), { keep: "none", bias: false })], { inShape: [2] });
    const theta = ndarray(backend, [-1, 2]);
    expect(toDense(mMatrix(2), theta).toNested()).toEqual([
      [-1, 1],
      [-2, 2],
    ]);
    expect(net.forward({ m1: { theta } }, ndarray(backend, [[1, 0]])).toNested()).toEqual([[-1, -2]]);
    expect(net.project({ m1: { theta } })).toEqual({ m1: { theta } });
  });
});
