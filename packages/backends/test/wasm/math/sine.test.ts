import type { Decimal } from "decimal.js";
import { describe, expect, test } from "vitest";
import { cos, sin } from "../../../src/wasm/math/sine.js";
import { hardAngles, hugeAngles, specialAngles } from "./angles.js";
import { exactly, roundings, runVector } from "./vector-function.js";
import { worstError } from "./worst-error.js";

const functions = [
  { name: "sin", f: sin, plain: Math.sin, exact: (x: Decimal) => x.sin() },
  { name: "cos", f: cos, plain: Math.cos, exact: (x: Decimal) => x.cos() },
];

describe.each(functions)("$name", ({ f, plain, exact }) => {
  test("float64 is right to 1 ulp, by decimals of 50 digits", () => {
    const x = hardAngles("float64", 900);
    const references = x.map((v) => exact(exactly(v)));
    for (const { rounding, runVector } of roundings) {
      const { ulps, at } = worstError("float64", runVector("float64", f, x), references, x);
      expect(ulps, `${rounding}, at ${at}`).toBeLessThan(1);
    }
  });

  test.each(roundings)("float32 is right to 1.6 ulps, $rounding", ({ runVector }) => {
    const x = hardAngles("float32", 60000);
    const { ulps, at } = worstError("float32", runVector("float32", f, x), x.map(plain), x);
    expect(ulps, `at ${at}`).toBeLessThan(1.6);
  });

  test.each(["float32", "float64"] as const)("special angles in %s, and huge ones, also beside others", (precision) => {
    const round = precision === "float32" ? Math.fround : (x: number) => x;
    expect(runVector(precision, f, specialAngles)).toEqual(specialAngles.map(plain));
    const huge = hugeAngles.map(round);
    const got = runVector(precision, f, huge);
    expect(worstError(precision, got, huge.map(plain), huge).ulps).toBeLessThan(1.5);
    // A lane's result is its own affair.
    expect(got).toEqual(huge.map((x) => runVector(precision, f, [x])[0]));
  });
});

test("sin π/6 = 1/2, cos π/3 = 1/2, sin π = what π lacks", () => {
  expect(runVector("float64", sin, [Math.PI / 6, Math.PI])).toEqual([expect.closeTo(0.5, 15), 1.2246467991473532e-16]);
  expect(runVector("float64", cos, [Math.PI / 3])).toEqual([expect.closeTo(0.5, 15)]);
  expect(runVector("float32", sin, [Math.fround(Math.PI)])).toEqual([Math.fround(-8.742277657347586e-8)]);
});
