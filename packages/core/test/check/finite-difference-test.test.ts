import { cpu } from "@paramat/backends";
import { finiteDifferenceTest } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { exp, mul, sin } from "../../src/ops/index.js";
import { customDerivative } from "../../src/transforms/custom-derivative.js";
import type { Value } from "../../src/value.js";
import { plantedFault } from "./planted-faults.js";

const backend = cpu();
const x = ndarray(backend, [0.5, -1.2, 2]);

describe("finiteDifferenceTest", () => {
  test("tells jvp from vjp", () => {
    const found = finiteDifferenceTest(...plantedFault("jvp right, vjp wrong"));
    expect([found.jvp.verdict, found.vjp.verdict, found.verdict]).toEqual(["ok", "wrong", "wrong"]);
    const other = finiteDifferenceTest(...plantedFault("vjp right, jvp wrong"));
    expect([other.jvp.verdict, other.vjp.verdict, other.verdict]).toEqual(["wrong", "ok", "wrong"]);
    expect(other.jvp.offender?.input?.name).toBe("x[1]");
  });

  test("expected and found are derivatives: of x² by its own rule x, at 2: 4 and 2", () => {
    const [f] = plantedFault("missing factor 2");
    const { jvp } = finiteDifferenceTest(f, [ndarray(backend, [2])]);
    expect(jvp.offender?.expected).toBeCloseTo(4, 9);
    expect(jvp.offender?.found).toBe(2);
    expect(jvp.offender?.output).toEqual({ name: "f(x)", index: [0] });
  });

  test("agreement is to ten digits and more on smooth functions", () => {
    const { jvp } = finiteDifferenceTest((v: Value) => sin(mul(v, exp(v))), x);
    expect(Number(/error (\S+) over/.exec(jvp.summary)?.[1])).toBeLessThan(1e-9);
  });

  test("finds one wrong entry among 5,000 whether it was sampled or not", () => {
    const [f, at] = plantedFault("one entry of 5,000");
    for (const seed of [1, 2, 3])
      expect(finiteDifferenceTest(f, at, { seed }).vjp.offender?.input).toEqual({ name: "x[0]", index: [4321] });
  });

  test("at the edge of a domain it is inconclusive", () => {
    const root = customDerivative({
      name: "edge",
      f: (v) =>
        ndarray(
          backend,
          (v as Value).toArray().map((t) => (t < 0 ? Number.NaN : t)),
          [1],
        ),
      vjp: (_, ct) => [ct],
    });
    const { verdict, summary } = finiteDifferenceTest((v: Value) => root(v), ndarray(backend, [0]));
    expect(verdict).toBe("inconclusive");
    expect(summary).toContain("x seems to lie at the edge of f's domain");
  });
});
