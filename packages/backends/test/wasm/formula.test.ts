import { setFlagsFromString } from "node:v8";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { evaluate } from "../../src/expr/evaluate.js";
import { call, constant, type Expr, input, type ScalarOp, scalarOps } from "../../src/expr.js";
import { referenceScalars } from "../../src/laws/reference-scalars.js";
import { domains } from "../../src/laws/scalar-cases.js";
import { between } from "../../src/laws/values.js";
import { relaxedSimdIsOn } from "../../src/wasm/features.js";
import type { Target } from "../../src/wasm/kernel.js";
import { lowerMap } from "../../src/wasm/lower-map.js";
import { randomExpr } from "../expr/random-expr.js";
import { runLaunch, testBuffer, testTarget } from "./run-launch.js";

// Node 20 has relaxed SIMD only behind this flag, which must be set before the first module is compiled.
setFlagsFromString("--experimental-wasm-relaxed-simd");
const relaxed = relaxedSimdIsOn();

const targets = [testTarget("float32"), testTarget("float32", 1, relaxed), testTarget("float64"), testTarget("float64", 1, relaxed)];

/** f at points: `columns[j]` are the values of input j. */
function run(target: Target, f: Expr, columns: readonly (readonly number[])[]): number[] {
  const views = columns.map((column) => ({ buffer: testBuffer(column), offset: 0, strides: [1] }));
  return [...runLaunch(target, lowerMap(target, f, [columns[0]!.length], views))];
}

/** Operations that are exact in any precision on these points, or rounded once. */
const plainOps = ["neg", "abs", "sign", "floor", "ceil", "round", "sqrt", "add", "sub", "mul", "div", "min", "max"] as const;
const choices = ["lt", "le", "eq", "ne", "gt", "ge", "select"] as const;

const elementaryOps = (Object.keys(scalarOps) as ScalarOp[]).filter((op) => ![...plainOps, ...choices].includes(op as "neg"));

const edges = [0, -0, 1, -1, 0.5, -0.5, 1.5, 2.5, -2.5, -1.25, 3, -7, 1e10, -1e10, Infinity, -Infinity, NaN];

const below = { float32: 0.5 - 2 ** -25, float64: 0.5 - 2 ** -54 };

describe.each(targets)("$numbers.precision", (target) => {
  const { precision } = target.numbers;
  const epsilon = precision === "float32" ? 2 ** -23 : 2 ** -52;
  const rounded = (x: number): number => (precision === "float32" ? Math.fround(x) : x);

  test.each([...plainOps, ...choices] as ScalarOp[])("%s at edges, zeros with their signs", (op) => {
    const pairs = edges.flatMap((x) => edges.map((y) => [x, y] as const));
    const columns = [pairs.map(([x]) => x), pairs.map(([, y]) => y), pairs.map(() => 4)];
    const f = call(op, ...[input(0), input(1), input(2)].slice(0, op === "select" ? 3 : isUnary(op) ? 1 : 2));
    expect(run(target, f, columns)).toEqual(
      pairs.map((_, i) =>
        rounded(
          evaluate(
            f,
            columns.map((column) => column[i]!),
          ),
        ),
      ),
    );
  });

  test.each(["min", "max"] as const)("%s with a constant keeps NaN and the signs of zeros", (op) => {
    for (const bound of [0, -0, 1.5, NaN, Infinity]) {
      for (const f of [call(op, input(0), bound), call(op, bound, input(0))]) {
        expect(run(target, f, [edges])).toEqual(edges.map((x) => evaluate(f, [x])));
      }
    }
  });

  test.each(elementaryOps)("%s is the function of its name", (op) => {
    const columns = domains[op].map(([low, high], j) => between(low, high, 64, j).map(rounded));
    const f = call(op, ...columns.map((_, j) => input(j)));
    const got = run(target, f, columns);
    for (const [i, value] of got.entries()) {
      const exact = referenceScalars[op](...columns.map((column) => column[i]!));
      expect(Math.abs(value - exact)).toBeLessThanOrEqual(8 * epsilon * Math.max(1, Math.abs(exact)));
    }
  });

  test.each([2, 3, -1])("the power %d is the products of scalarFunctions", (exponent) => {
    const f = call("pow", input(0), exponent);
    const points = edges.filter((x) => Math.abs(x) !== 1e10);
    expect(run(target, f, [points])).toEqual(points.map((x) => rounded(evaluate(f, [x]))));
  });

  test("the power ½ is a root, but for −0 and −∞", () => {
    const f = call("pow", input(0), 0.5);
    expect(run(target, f, [edges])).toEqual(edges.map((x) => rounded(evaluate(f, [x]))));
  });

  test("round takes halves up and the number below a half down", () => {
    const points = [below[precision], -below[precision], 2 ** 22 + 0.5, -3.5, 4.5];
    expect(run(target, call("round", input(0)), [points])).toEqual(points.map(Math.round));
  });

  test("the branch that select does not take poisons nothing", () => {
    const root = call("select", call("gt", input(0), 0), call("sqrt", input(0)), 0);
    expect(run(target, root, [[4, -4, 0]])).toEqual([2, 0, 0]);
    const other = call("select", call("gt", input(0), 0), 0, call("div", 1, input(0)));
    expect(run(target, other, [[4, -4, 0]])).toEqual([0, -0.25, Infinity]);
  });

  test("a comparison is a number too", () => {
    const positive = call("gt", input(0), 0);
    const f = call("add", call("select", positive, 10, 20), positive);
    expect(run(target, f, [[-1, 2, NaN]])).toEqual([20, 11, 20]);
    expect(run(target, positive, [[-1, 2, NaN]])).toEqual([0, 1, 0]);
  });

  test("constants", () => {
    expect(run(target, constant(0.1), [[1, 2]])).toEqual([rounded(0.1), rounded(0.1)]);
    expect(run(target, call("pow", 3, 2), [[1]])).toEqual([9]);
  });
});

test("any formula of plain operations has the value of evaluate, bit for bit in float64", () => {
  const target = testTarget("float64");
  const formulas = randomExpr(2, [...plainOps, ...choices], 12);
  const columns = [edges, [...edges].reverse()];
  fc.assert(
    fc.property(formulas, (f) => {
      expect(run(target, f, columns)).toEqual(
        edges.map((_, i) =>
          evaluate(
            f,
            columns.map((column) => column[i]!),
          ),
        ),
      );
    }),
    { numRuns: 150 },
  );
});

function isUnary(op: ScalarOp): boolean {
  return plainOps.indexOf(op as "neg") >= 0 && plainOps.indexOf(op as "neg") < plainOps.indexOf("add");
}
