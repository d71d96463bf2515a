import { describe, expect, test } from "vitest";
import { scalarFunctions } from "../../../src/expr/scalar-functions.js";
import { type ExponentialOp, exponentials } from "../../../src/wasm/math/exponentials.js";
import { roundings, uniform } from "./vector-function.js";

const names = Object.keys(exponentials) as ExponentialOp[];
const rare = [0, -0, 1e-310, -1e-42, 1e9, -1e9, Infinity, -Infinity, Number.NaN];

describe.each(names)("%s", (name) => {
  const f = exponentials[name];
  const numArgs = name === "pow" ? 2 : 1;

  test.each(roundings)("a lane's value depends on that lane alone, also beside rare arguments, with $rounding", ({ runVector }) => {
    const draw = uniform(7);
    const usual = Array.from({ length: 256 }, () => 0.1 + 3 * draw());
    const beside = usual.flatMap((x, i) => [rare[i % rare.length]!, x]);
    for (const precision of ["float32", "float64"] as const) {
      const alone = runVector(precision, f, ...[usual, usual].slice(0, numArgs));
      const mixed = runVector(precision, f, ...[beside, beside].slice(0, numArgs));
      expect(mixed.filter((_, i) => i % 2 === 1)).toEqual(alone);
    }
  });

  test("is the scalar function of that name, and leaves its arguments as they were", () => {
    const xs = [0.25, 0.5, 1, 1.5, 2.5, 3.5, 5, 8];
    for (const { runVector } of roundings) {
      const values = runVector("float64", f, ...[xs, xs].slice(0, numArgs));
      values.forEach((value, i) => {
        const truth = scalarFunctions[name](xs[i]!, xs[i]!, 0);
        expect(Math.abs(value - truth)).toBeLessThanOrEqual(1e-15 * Math.abs(truth));
      });
      const sum = runVector(
        "float64",
        (context, ...args) => context.numbers.vector.add(context.numbers.vector.mul(f(context, ...args), 0), args[0]!),
        ...[xs, xs].slice(0, numArgs),
      );
      expect(sum).toEqual(xs);
    }
  });
});
