import { cpu } from "@paramat/backends";
import { ndarray, type Value } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { differences, type Program, readTorchCases, relativeError, type TorchCase } from "./fixtures/torch-case.js";
import { parameterizations, programs } from "./fixtures/torch-programs.js";

const cases = readTorchCases(new URL("./fixtures/pytorch.json", import.meta.url));
const programOf = ({ op }: TorchCase) => programs[op] as Program;
const float64 = cpu("float64");
const float32 = cpu("float32");

describe("PyTorch's values, gradients and Hessian-vector products", () => {
  // The fixtures' 14 digits leave up to 5e-14.
  test.each(cases)("float64: $name", (torch) => {
    expect(differences(programOf(torch), torch, float64, 1e-13)).toEqual([]);
  });

  // Inputs, cotangents and directions are exact in float32, so what differs is our own rounding: a few units, and more where terms cancel.
  test.each(cases)("float32: $name", (torch) => {
    expect(differences(programOf(torch), torch, float32, 16 * float32.epsilon)).toEqual([]);
  });
});

describe("the transposed contractions by name are PyTorch's two gradients", () => {
  const structured = cases.filter(({ op }) => parameterizations[op]);
  test.each(structured)("$name", (torch) => {
    const [theta, y] = torch.inputs.map(({ shape, data }) => ndarray(float64, data, shape)) as [Value, Value];
    const z = ndarray(float64, torch.cotangent, torch.output.shape);
    const K = (parameterizations[torch.op] as (typeof parameterizations)[string])(y.shape.slice(1), torch.options as never);
    expect(relativeError(K.jacobianTranspose(y, z).toArray(), torch.gradients[0] ?? [])).toBeLessThanOrEqual(1e-13);
    expect(relativeError(K.applyTranspose(theta, z).toArray(), torch.gradients[1] ?? [])).toBeLessThanOrEqual(1e-13);
  });
});

test("there is a case for every program, and a program for every case", () => {
  expect([...new Set(cases.map(({ op }) => op))].sort()).toEqual(Object.keys(programs).sort());
});

test("another boundary than PyTorch's is noticed", () => {
  const periodic = cases.filter(({ op, options }) => op === "convolution" && (options as { boundary: unknown }).boundary === "periodic");
  const convolution = programs["convolution"] as Program;
  for (const torch of periodic) {
    const zero = { ...torch, options: { ...(torch.options as object), boundary: "zero" } };
    const found = differences(convolution, zero, float64, 1e-13);
    expect(found.map((line) => line.split(":")[0])).toEqual(["value", "gradient 0", "gradient 1"]);
  }
  expect(periodic.length).toBeGreaterThan(0);
});
