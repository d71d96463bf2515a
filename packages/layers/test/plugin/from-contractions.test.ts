import { cpu } from "@paramat/backends";
import { mul, ndarray, rng, ShapeError, sum, type Value } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { type ContractionsDefinition, fromContractions, nonNegative } from "../../src/index.js";
import { checkParameterization } from "../../src/laws.js";

const backend = cpu("float64");

const scale: ContractionsDefinition = {
  name: "scale",
  thetaShape: [3],
  inShape: [3],
  outShape: [3],
  apply: mul,
  applyTranspose: mul,
  jacobianTranspose: (y, z) => sum(mul(y, z), { axes: 0 }),
};

describe("fromContractions", () => {
  test("satisfies the laws where the three belong together, and not where a sign is dropped", () => {
    const report = checkParameterization(fromContractions(scale), backend);
    expect(report.ok, String(report)).toBe(true);
    const faulty = fromContractions({ ...scale, applyTranspose: (theta, z) => mul(-1, mul(theta, z)) });
    expect(checkParameterization(faulty, backend).ok).toBe(false);
  });

  test("passes on what is declared", () => {
    const K = fromContractions({ ...scale, tags: ["diagonal"], constraint: nonNegative });
    expect([K.numParams, K.tags, K.constraint]).toEqual([3, ["diagonal"], nonNegative]);
    expect(nonNegative.holds(K.init(rng(1), backend))).toBe(true);
  });

  test("a K that is 0 for every θ starts with finite θ", () => {
    const zero = fromContractions({ ...scale, apply: (theta, y) => mul(0, mul(theta, y)) });
    expect(Array.from(zero.init(rng(1), backend).toArray()).every(Number.isFinite)).toBe(true);
  });

  const three = ndarray(backend, [1, 2, 3]);
  const rows = ndarray(backend, [[1, 2, 3]]);
  const twoRows = ndarray(backend, [
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const narrow = (x: Value) => sum(x, { axes: 1, keepAxes: true });
  const faults: [string, () => unknown, string][] = [
    ["θ", () => fromContractions(scale).apply(rows, rows), "scale.apply: theta is [1, 3]; it must be [3]"],
    ["y", () => fromContractions(scale).apply(three, three), "scale.apply: y is [3]; it must be [examples, 3]"],
    ["z", () => fromContractions(scale).applyTranspose(three, narrow(rows)), "scale.applyTranspose: z is [1, 1]; it must be [examples, 3]"],
    [
      "examples",
      () => fromContractions(scale).jacobianTranspose(rows, twoRows),
      "scale.jacobianTranspose: y is [1, 3], z is [2, 3]; both must have the same number of examples",
    ],
    [
      "a result",
      () => fromContractions({ ...scale, apply: (theta, y) => narrow(mul(theta, y)) }).apply(three, twoRows),
      "scale.apply: the result is [2, 1]; it must be [2, 3]",
    ],
    [
      "a forgotten sum over examples",
      () => fromContractions({ ...scale, jacobianTranspose: mul }).jacobianTranspose(rows, rows),
      "scale.jacobianTranspose: the result is [1, 3]; it must be [3]",
    ],
  ];
  test.each(faults)("names %s of another shape", (_, call, message) => {
    expect(call).toThrow(ShapeError);
    expect(call).toThrow(message);
  });
});
