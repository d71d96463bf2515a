import { expect, test } from "vitest";
import { tan } from "../../../src/wasm/math/tangent.js";
import { hardAngles, hugeAngles, specialAngles } from "./angles.js";
import { exactly, roundings, runVector } from "./vector-function.js";
import { worstError } from "./worst-error.js";

test("float64 is right to 1 ulp, by decimals of 50 digits", () => {
  const x = hardAngles("float64", 900);
  const references = x.map(exactly).map((v) => v.sin().div(v.cos()));
  for (const { rounding, runVector } of roundings) {
    const { ulps, at } = worstError("float64", runVector("float64", tan, x), references, x);
    expect(ulps, `${rounding}, at ${at}`).toBeLessThan(1);
  }
});

test.each(roundings)("float32 is right to 0.6 ulps, $rounding", ({ runVector }) => {
  const x = hardAngles("float32", 60000);
  const { ulps, at } = worstError("float32", runVector("float32", tan, x), x.map(Math.tan), x);
  expect(ulps, `at ${at}`).toBeLessThan(0.6);
});

test.each(["float32", "float64"] as const)("special angles in %s, and huge ones, also beside others", (precision) => {
  const round = precision === "float32" ? Math.fround : (x: number) => x;
  expect(runVector(precision, tan, specialAngles)).toEqual(specialAngles.map(Math.tan));
  const huge = hugeAngles.map(round);
  const got = runVector(precision, tan, huge);
  expect(worstError(precision, got, huge.map(Math.tan), huge).ulps).toBeLessThan(1.5);
  expect(got).toEqual(huge.map((x) => runVector(precision, tan, [x])[0]));
});

test("tan π/4 = 1 and tan 3π/4 = −1, but for the last bits of π", () => {
  expect(runVector("float64", tan, [Math.PI / 4, (3 * Math.PI) / 4])).toEqual([expect.closeTo(1, 15), expect.closeTo(-1, 15)]);
});
