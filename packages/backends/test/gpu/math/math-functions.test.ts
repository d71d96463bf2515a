import { describe, expect, test } from "vitest";
import { scalarFunctions } from "../../../src/expr/scalar-functions.js";
import { call, input, type ScalarOp, scalarOps } from "../../../src/expr.js";
import { gpuBackend } from "../../../src/gpu/gpu-backend.js";
import { functionsUsed } from "../../../src/gpu/kernel-functions.js";
import { mathFunctions } from "../../../src/gpu/math/math-functions.js";
import { uniform } from "../../wasm/math/vector-function.js";
import { reckonedDriver } from "../reckoned-driver.js";

// The sources are reckoned in float64 here, which shows polynomials, reductions and edges; their rounding in float32 is tested in browsers.

const nameOf = (source: string): string => /^function (\w+)\(/.exec(source)![1]!;
const callsOf = (source: string): readonly string[] => {
  const body = source.slice(source.indexOf("{"));
  return mathFunctions.map((f) => nameOf(f.source)).filter((name) => new RegExp(`\\b${name}\\(`).test(body));
};

test("a function that calls others has one caller at most, and stands after what it calls", () => {
  const names = mathFunctions.map(({ source }) => nameOf(source));
  for (const [at, { source }] of mathFunctions.entries()) {
    const calls = callsOf(source);
    for (const callee of calls) expect(names.indexOf(callee)).toBeLessThan(at);
    if (calls.length === 0) continue;
    const callers = mathFunctions.filter((other) => callsOf(other.source).includes(names[at]!));
    expect(callers.length, names[at]).toBeLessThanOrEqual(1);
  }
});

test("kernels carry the functions that they call, and those that these call", () => {
  const used = (code: string): string[] => functionsUsed(code).map(({ source }) => nameOf(source));
  expect(used("return a0[i];")).toEqual([]);
  expect(used("let t = quotient(i, 3);")).toEqual(["floored", "quotient"]);
  expect(used("return asinOf(a0[i]);")).toEqual(["rootOf", "arcsineTail", "asinOf"]);
  expect(used("return tanhOf(a0[i]);")).toEqual(["expTimes", "tanhOf"]);
});

const ops = Object.keys(scalarOps) as ScalarOp[];
const special = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  0,
  1,
  -1,
  2,
  -2,
  3,
  -3,
  0.5,
  -0.5,
  2.5,
  1.5,
  0.49999997,
  8388609,
  -8388609,
  1e10,
  1e30,
  3.4028234663852886e38,
  -3.4028234663852886e38,
  1.1754943508222875e-38,
  88.7,
  88.73,
  -104,
  20,
];

describe.each(ops)("%s", (op) => {
  const backend = gpuBackend(reckonedDriver());
  const numArgs = scalarOps[op];
  const run = (columns: readonly Float32Array[]) => {
    const views = columns.map((column) => ({ buffer: backend.upload(column), offset: 0, strides: [1] }));
    return backend.readSync!(backend.map(call(op, ...columns.map((_, k) => input(k))), [columns[0]!.length], views));
  };
  /** Within 2⁻²² of the truth, relatively, or both nearly subnormal. */
  const expectTruth = (columns: readonly Float32Array[]): void => {
    run(columns).forEach((value, i) => {
      const args = columns.map((column) => column[i]!);
      const [x, y, z] = args as [number, number, number];
      const want = Math.fround(scalarFunctions[op](x, y, z));
      if (value === want || Object.is(value, want) || Math.abs(value - want) <= 2 ** -22 * Math.abs(want)) return;
      if (Math.abs(value) < 2e-38 && Math.abs(want) < 2e-38) return;
      expect.fail(`${op}(${args.join(", ")}) is ${value}; it must be ${want}`);
    });
  };

  test("of special numbers", () => {
    const rows = numArgs === 1 ? special.map((x) => [x]) : special.flatMap((x) => special.map((y) => [x, y, 7]));
    expectTruth(Array.from({ length: numArgs }, (_, k) => Float32Array.from(rows, (row) => row[k]!)));
  });

  test("of numbers of every size", () => {
    const draw = uniform(7);
    const size = (bits: number): number => (draw() < 0.5 ? -1 : 1) * 2 ** (bits * (2 * draw() - 1));
    const column = (): Float32Array =>
      Float32Array.from({ length: 1500 }, (_, i) => (i % 3 === 0 ? 20 * (2 * draw() - 1) : size(i % 3 === 1 ? 6 : 120)));
    expectTruth(Array.from({ length: numArgs }, column));
  });
});
