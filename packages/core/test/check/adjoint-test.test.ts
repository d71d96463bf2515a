import { cpu } from "@paramat/backends";
import { adjointTest, finiteDifferenceTest } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { exp, matmul, mul, sub, sum } from "../../src/ops/index.js";
import { customDerivative } from "../../src/transforms/custom-derivative.js";
import type { Value } from "../../src/value.js";
import { plantedFault } from "./planted-faults.js";

const backend = cpu();
const x = ndarray(backend, [0.5, -1.2, 2]);
const A = ndarray(backend, [
  [1, 2],
  [3, 4],
]);

describe("adjointTest", () => {
  test("passes transposes, also where the inner product vanishes or all cancels", () => {
    expect(adjointTest(([p, q]: readonly Value[]) => matmul(p as Value, q as Value), [A, A]).verdict).toBe("ok");
    expect(adjointTest((v: Value) => sub(mul(v, exp(v)), mul(exp(v), v)), x).verdict).toBe("ok");
    expect(adjointTest((v: Value) => sub(sum(mul(v, v)), sum(mul(v, v))), x).verdict).toBe("ok");
    expect(adjointTest((v: Value) => mul(0, v), x).verdict).toBe("ok");
  });

  test("names the leaf whose transpose is not one", () => {
    const result = adjointTest(...plantedFault("vjp right, jvp wrong"));
    expect(result.verdict).toBe("wrong");
    expect(result.offender?.input).toEqual({ name: "x[1]", index: [] });
  });

  test("sees an error of 1e-11", () => {
    const off = customDerivative({
      name: "id",
      verify: false,
      f: (v) => mul(1, v as Value),
      jvp: (_, [dv]) => dv as Value,
      vjp: (_, ct) => [mul(1 + 1e-11, ct)],
    });
    expect(adjointTest((v: Value) => off(v), x).verdict).toBe("wrong");
  });

  test("does not see rules that are wrong together: differences do", () => {
    const [f, at] = plantedFault("missing factor 2");
    expect(adjointTest(f, at).verdict).toBe("ok");
    expect(finiteDifferenceTest(f, at).verdict).toBe("wrong");
  });
});
