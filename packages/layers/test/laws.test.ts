import { cpu } from "@paramat/backends";
import { add, flip, LawError, mul } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { convolution, denseMatrix, type Parameterization } from "../src/index.js";
import { assertParameterization, checkParameterization } from "../src/laws.js";

const backend = cpu("float64");
const right = denseMatrix([3], [2]);
const periodic = convolution([6, 1], { channels: 1, kernel: 3, boundary: "periodic" });
const reflected = convolution([6, 1], { channels: 1, kernel: 3, boundary: "reflect" });

// One mistake each; the laws must name it.
const faults: readonly [string, Parameterization, string][] = [
  ["a dropped sign in the transpose", { ...right, applyTranspose: (t, z) => mul(-1, right.applyTranspose(t, z)) }, "⟨z, Ky⟩"],
  ["a factor 2 in the gradient", { ...right, jacobianTranspose: (y, z) => mul(2, right.jacobianTranspose(y, z)) }, "⟨z, Ky⟩"],
  ["the transpose of another boundary", { ...periodic, applyTranspose: reflected.applyTranspose }, "⟨z, Ky⟩"],
  ["not linear in θ", { ...right, apply: (t, y) => right.apply(mul(t, t), y) }, "linear in θ"],
  ["not linear in y", { ...right, apply: (t, y) => right.apply(t, mul(y, y)) }, "linear in y"],
  ["an offset", { ...right, apply: (t, y) => add(right.apply(t, y), 1) }, "linear in y"],
  ["examples that mix", { ...right, apply: (t, y) => add(right.apply(t, y), mul(0.5, right.apply(t, flip(y, 0)))) }, "examples do not mix"],
  ["a miscounted θ", { ...right, numParams: 5 }, "shapes"],
  ["a wrong result shape", { ...right, outShape: [3] }, "shapes"],
  ["a derivative that is lost", { ...right, apply: (t, y) => right.apply(t.array, y) }, "derivatives"],
];

describe("checkParameterization", () => {
  test("passes what is right, and says what it checked", () => {
    const report = checkParameterization(right, backend, { seed: 3 });
    expect(report.ok, String(report)).toBe(true);
    expect(String(report)).toContain("denseMatrix: θ [2, 3], [3] → [2], seed 3");
  });

  test.each(faults)("catches %s", (_, K, law) => {
    const report = checkParameterization(K, backend);
    expect(report.ok).toBe(false);
    expect(
      report.results
        .filter((r) => !r.ok)
        .map((r) => r.law)
        .join(),
    ).toContain(law);
    expect(() => assertParameterization(K, backend)).toThrow(LawError);
  });

  test("catches correlation in place of convolution, against the matrix written out", () => {
    // The lecture's K has θ₂ on the diagonal and θ₁ above it; this oracle has θ₃ there.
    const correlation = (t: ArrayLike<number>) =>
      Array.from({ length: 36 }, (_, at) => {
        const offset = ((at % 6) - Math.floor(at / 6) + 6) % 6;
        return offset === 0 ? (t[1] as number) : offset === 1 ? (t[2] as number) : offset === 5 ? (t[0] as number) : 0;
      });
    const report = checkParameterization(periodic, backend, { oracle: correlation });
    expect(report.results.find((r) => r.law === "the matrix, naively")?.ok).toBe(false);
  });
});
