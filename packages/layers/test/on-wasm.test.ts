import { type Backend, cpu } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { compile, leaves, mapLeaves, ndarray, rng, type Shape, type Tree, type Value, vjp } from "@paramat/core";
import { describe, expect, test } from "vitest";
import {
  denseMatrix,
  depthwiseSeparableConvolution,
  diagonalPlusLowRank,
  kroneckerProduct,
  lowRank,
  type ParametricOperator,
  randomNormal,
  separableConvolution,
  toeplitz,
} from "../src/index.js";
import { everyParameterization } from "./every-parameterization.js";

/** Parameters that are no single array: their θ-gradient is the transposed derivative of `apply`. */
const ofTrees: Readonly<Record<string, ParametricOperator>> = Object.fromEntries(
  [
    lowRank([6], [5], 2),
    diagonalPlusLowRank([6], 2),
    kroneckerProduct([denseMatrix([2], [3]), toeplitz(4)]),
    separableConvolution([5, 4, 2], { channels: 3, kernel: 3 }),
    depthwiseSeparableConvolution([5, 4, 2], { channels: 3, kernel: 3 }),
  ].map((K) => [K.name, K as unknown as ParametricOperator]),
);

const reference = cpu("float64");
const tested = wasm({ precision: "float64" });
const examples = 3;

/** K y, Kᵀ z and the θ-gradient of ⟨z, K y⟩, in one function of (θ, y, z). */
function allThree(K: ParametricOperator): (theta: Tree, y: Value, z: Value) => Tree {
  const { apply, applyTranspose } = K;
  const gradient =
    "jacobianTranspose" in K
      ? (_: Tree, y: Value, z: Value) => (K.jacobianTranspose as (y: Value, z: Value) => Value)(y, z)
      : (theta: Tree, y: Value, z: Value) => vjp((t: Tree) => apply(t, y), theta).pullback(z);
  return (theta, y, z) => [apply(theta, y), applyTranspose(theta, z), gradient(theta, y, z)] as Tree;
}

function on(backend: Backend, x: Value): Value {
  return ndarray(backend, x.toArray(), x.shape);
}

describe.each(Object.entries({ ...everyParameterization, ...ofTrees }))("%s", (_, K) => {
  const stream = rng(5);
  const normal = (shape: Shape) => randomNormal(stream, reference, [examples, ...shape], 1);
  const theta: Tree = (K as ParametricOperator).init(stream, reference);
  const [y, z] = [normal(K.inShape), normal(K.outShape)];
  const f = allThree(K as ParametricOperator);
  const want = leaves(f(theta, y, z)).flatMap((x) => [...x.toArray()]);
  const moved = [mapLeaves(theta, (x) => on(tested, x)), on(tested, y), on(tested, z)] as const;

  test.each([
    ["call by call", f],
    ["compiled", compile(f)],
  ])("gives on WASM what it gives on the CPU, %s", (_way, run) => {
    const found = leaves(run(...moved)).flatMap((x) => [...x.toArray()]);
    const scale = Math.max(1, ...want.map(Math.abs));
    expect(found.length).toBe(want.length);
    found.forEach((x, i) => {
      expect(Math.abs(x - want[i]!), `entry ${i}`).toBeLessThan(1e-13 * scale * Math.sqrt(want.length));
    });
  });
});
