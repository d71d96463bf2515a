import { cpu } from "@paramat/backends";
import { add, mul, ndarray, roll, sum } from "@paramat/core";
import { describe, expect, test } from "vitest";
import { diagonalMatrix, type LinearOperator, linearOperator, product } from "../../src/index.js";
import { assertOperator, assertParametricOperator, checkOperator, checkParametricOperator } from "../../src/laws.js";

const backend = cpu("float64");
const right: LinearOperator = {
  name: "shift",
  inShape: [4],
  outShape: [4],
  tags: ["orthogonal", "circulant"],
  apply: (y) => roll(y, 1, 1),
  applyTranspose: (z) => roll(z, -1, 1),
};
const shift = [0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0];

/** The laws that a faulty map breaks. */
function broken(A: LinearOperator): string[] {
  return checkOperator(A, backend, { matrix: shift })
    .results.filter((r) => !r.ok)
    .map((r) => r.law);
}

describe("checkOperator", () => {
  test("finds nothing wrong with what is right", () => {
    expect(broken(right)).toEqual([]);
    expect(() => assertOperator(right, backend)).not.toThrow();
  });

  test.each<[string, Partial<LinearOperator>, string]>([
    ["the transpose is not one", { applyTranspose: (z) => roll(z, 1, 1) }, "⟨z, Ay⟩ = ⟨Aᵀz, y⟩"],
    ["the sign of the transpose", { applyTranspose: (z) => roll(mul(z, -1), -1, 1) }, "⟨z, Ay⟩ = ⟨Aᵀz, y⟩"],
    ["an offset", { apply: (y) => add(roll(y, 1, 1), 1) }, "linear"],
    ["a square in the transpose", { applyTranspose: (z) => mul(z, z) }, "transpose linear"],
    ["examples are mixed", { apply: (y) => add(roll(y, 1, 1), sum(y, { axes: 0, keepAxes: true })) }, "examples do not mix"],
    ["a wrong tag", { tags: ["symmetric"] }, "tags"],
    ["another matrix", { apply: (y) => roll(y, 2, 1), applyTranspose: (z) => roll(z, -2, 1) }, "the matrix, naively"],
    ["another shape", { outShape: [3] }, "shapes"],
    ["NaN", { apply: (y) => mul(y, Number.NaN) }, "linear"],
  ])("names the broken law: %s", (_, fault, law) => {
    const faulty = { ...right, ...fault };
    expect(broken(faulty)).toContain(law);
    expect(() => assertOperator(faulty, backend, { matrix: shift })).toThrow(law);
  });

  test("linearOperator names shapes that are not as declared", () => {
    const A = linearOperator({ ...right, outShape: [3] });
    expect(() => A.apply(ndarray(backend, [[1, 2, 3, 4]]))).toThrow("shift.apply: the result is [1, 4]; it must be [1, 3]");
    expect(() => A.applyTranspose(ndarray(backend, [[1, 2]]))).toThrow(
      "shift.applyTranspose: the argument is [1, 2]; it must be [examples, 3]",
    );
  });
});

describe("checkParametricOperator", () => {
  const K = product([diagonalMatrix(2), diagonalMatrix(2)]);

  test("finds nothing wrong with what is right", () => {
    const report = checkParametricOperator(K, backend);
    expect(report.ok, String(report)).toBe(true);
  });

  test("counts parameters, and compares with the matrix", () => {
    expect(() => assertParametricOperator({ ...K, numParams: 3 }, backend)).toThrow("init makes 4 numbers, 3 are declared");
    expect(() => assertParametricOperator(K, backend, { oracle: () => [1, 0, 0, 1] })).toThrow("✗ the matrix, naively");
    expect(() => assertParametricOperator(K, backend, { oracle: () => [1] })).toThrow("the matrix has 1 entries; it must have 2 × 2");
  });
});
