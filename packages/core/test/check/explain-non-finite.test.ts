import { cpu } from "@paramat/backends";
import { explainNonFinite, findNonFinite } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { add, div, exp, log, mul, sqrt, sub, sum, where } from "../../src/ops/index.js";
import type { Value } from "../../src/value.js";

const backend = cpu();

describe("explainNonFinite", () => {
  test("is null where all is finite", () => {
    expect(explainNonFinite((x: Value) => sum(exp(x)), ndarray(backend, [1, 2]))).toBe(null);
  });

  test("names the first op of the forward pass, not those that pass it on", () => {
    const report = explainNonFinite(
      (x: Value) => sum(exp(log(sub(x, 3)))),
      ndarray(backend, [
        [5, 4],
        [1, 6],
      ]),
    );
    expect(report).toMatchObject({ pass: "forward", op: "log", position: 1, index: [1, 0], value: Number.NaN });
    expect(report?.inputs).toEqual([{ shape: [2, 2], value: -2, least: -2, most: 3 }]);
    expect(String(report)).toBe(
      "NaN first appears in the forward pass, in the result of log (op 1) at [1, 0]; its inputs are [2, 2] with -2 there",
    );
  });

  test("shows what broadcasting brought together", () => {
    const report = explainNonFinite(
      ([a, b]: readonly Value[]) => div(a as Value, b as Value),
      [ndarray(backend, [[1], [2]]), ndarray(backend, [4, 0])],
    );
    expect(report).toMatchObject({ op: "div", index: [0, 1], value: Number.POSITIVE_INFINITY });
    expect(report?.inputs.map(({ value }) => value)).toEqual([1, 0]);
  });

  test("names the op whose derivative it is in the backward pass", () => {
    const report = explainNonFinite((x: Value) => sum(sqrt(x)), ndarray(backend, [4, 0, 1]));
    expect(report).toMatchObject({ pass: "backward", op: "sqrt", position: 0, index: [1], value: Number.POSITIVE_INFINITY });
    expect(String(report)).toBe(
      "Infinity first appears in the backward pass, in the derivative of sqrt (op 0) at [1]; its inputs, and the cotangent that arrived, are [3] with 0 there and [3] with 1 there",
    );
  });

  test("the classic: where() does not protect the backward pass of the branch not taken", () => {
    const report = explainNonFinite((x: Value) => sum(where(ndarray(backend, [0, 1]), sqrt(x), mul(0, x))), ndarray(backend, [0, 1]));
    expect(report).toMatchObject({ pass: "backward", op: "sqrt", index: [0], value: Number.NaN });
  });

  test("an infinity that leaves result and gradient finite is no fault", () => {
    expect(
      explainNonFinite((x: Value) => sum(exp(add(x, ndarray(backend, [0, Number.NEGATIVE_INFINITY])))), ndarray(backend, [1, 2])),
    ).toBe(null);
  });

  test("says so when x or a constant holds it", () => {
    expect(String(explainNonFinite(({ w }: { w: Value[] }) => sum(w[0] as Value), { w: [ndarray(backend, [1, Number.NaN])] }))).toBe(
      "NaN stands in the argument x.w[0] at [1], before f has run",
    );
    const report = explainNonFinite((_: Value) => ndarray(backend, [Number.NEGATIVE_INFINITY]), ndarray(backend, [1]));
    expect(String(report)).toBe("-Infinity first appears in the forward pass, in f(x), which does not depend on x at [0]");
  });

  test("refuses a backend that cannot be read", () => {
    const { readSync: _, ...rest } = cpu();
    expect(() => explainNonFinite((x: Value) => x, ndarray({ ...rest, name: "deaf" }, [1]))).toThrow(
      "explainNonFinite: deaf cannot be read without waiting",
    );
  });

  test("findNonFinite says the same by waiting", async () => {
    const { readSync: _, ...rest } = cpu();
    const deaf = { ...rest, name: "deaf" };
    const f = (x: Value): Value => sum(sqrt(x));
    for (const entries of [
      [1, -1],
      [1, 0],
      [1, 2],
    ]) {
      const [waiting, direct] = [await findNonFinite(f, ndarray(deaf, entries)), explainNonFinite(f, ndarray(backend, entries))];
      expect(String(waiting)).toBe(String(direct));
    }
  });
});
