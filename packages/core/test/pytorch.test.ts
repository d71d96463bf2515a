import { cpu } from "@paramat/backends";
import { describe, expect, test } from "vitest";
import { add, matmul, stopGradient } from "../src/index.js";
import { differences, type Program, readTorchCases, relativeError, type TorchCase } from "./fixtures/torch-case.js";
import { programs } from "./fixtures/torch-programs.js";

const cases = readTorchCases(new URL("./fixtures/pytorch.json", import.meta.url));
const programOf = ({ op }: TorchCase) => programs[op] as Program;

describe("PyTorch's values, gradients and Hessian-vector products", () => {
  const float64 = cpu("float64");
  // The fixtures' 14 digits leave up to 5e-14.
  test.each(cases)("float64: $name", (torch) => {
    expect(differences(programOf(torch), torch, float64, 1e-13)).toEqual([]);
  });

  // Inputs, cotangents and directions are exact in float32, so what differs is our own rounding: a few units, and more where terms cancel.
  const float32 = cpu("float32");
  test.each(cases)("float32: $name", (torch) => {
    expect(differences(programOf(torch), torch, float32, 16 * float32.epsilon)).toEqual([]);
  });
});

test("there is a case for every program, and a program for every case", () => {
  const named = [...new Set(cases.map(({ op }) => op))];
  expect(named.sort()).toEqual(Object.keys(programs).sort());
  expect(named.length).toBeGreaterThanOrEqual(100);
  expect(cases.filter((torch) => torch.hvp).length).toBeGreaterThanOrEqual(40);
});

describe("the comparison itself", () => {
  const torch = cases.find(({ name }) => name === "matmul") as TorchCase;
  const wrong = (program: Program) => differences(program, torch, cpu("float64"), 1e-13).map((line) => line.split(":")[0]);

  test("notices a wrong value, a wrong gradient, a wrong Hessian and a wrong shape", () => {
    expect(wrong(programOf(torch))).toEqual([]);
    expect(wrong(([a, b]) => add(matmul(a, b), 1e-9))).toEqual(["value"]);
    expect(wrong(([a, b]) => matmul(a, stopGradient(b)))).toEqual(["gradient 1", "Hessian-vector product 0", "Hessian-vector product 1"]);
    expect(wrong(([a]) => a)).toEqual(["shape"]);
  });

  test("is relative to the largest entry, and admits neither NaN nor another length", () => {
    expect(relativeError([100, 1], [100, 0])).toBe(0.01);
    expect(relativeError([0.5], [0])).toBe(0.5);
    expect(relativeError([Number.NaN, 0], [1, 0])).toBeNaN();
    expect(relativeError([1], [1, 1])).toBe(Number.POSITIVE_INFINITY);
  });
});
