import { setFlagsFromString } from "node:v8";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Shape } from "../../src/backend.js";
import { evaluate } from "../../src/expr/evaluate.js";
import { call, constant, type Expr, input } from "../../src/expr.js";
import { layoutOf } from "../../src/laws/layout.js";
import { indicesOf, strided } from "../../src/laws/multi-index.js";
import { values } from "../../src/laws/values.js";
import { relaxedSimdIsOn } from "../../src/wasm/features.js";
import type { Target } from "../../src/wasm/kernel.js";
import { lowerMap } from "../../src/wasm/lower-map.js";
import { runLaunch, testBuffer, testTarget } from "./run-launch.js";

// Node 20 has relaxed SIMD only behind this flag, which must be set before the first module is compiled.
setFlagsFromString("--experimental-wasm-relaxed-simd");
const relaxed = relaxedSimdIsOn();

const targets = (["float32", "float64"] as const).flatMap((precision) => [testTarget(precision, 1), testTarget(precision, 3, relaxed)]);

const round = (target: Target, x: number): number => (target.numbers.bytes === 4 ? Math.fround(x) : x);

/** Entries that the target stores without rounding, so that sums and products by powers of two are exact in every order. */
const whole = (length: number, seed: number): number[] => values(length, seed).map((x) => Math.round(64 * x));

interface Read {
  readonly length: number;
  readonly offset: number;
  readonly strides: readonly number[];
}

function verify(target: Target, f: Expr, shape: Shape, reads: readonly Read[], seed = 1): void {
  const numbers = reads.map(({ length }, j) => whole(length, seed + j));
  const views = reads.map(({ offset, strides }, j) => ({ buffer: testBuffer(numbers[j]!), offset, strides }));
  const got = runLaunch(target, lowerMap(target, f, shape, views));
  const want = indicesOf(shape).map((index) =>
    round(
      target,
      evaluate(
        f,
        reads.map(({ offset, strides }, j) => numbers[j]![strided(offset, strides, index)]!),
      ),
    ),
  );
  const wrong = want.findIndex((x, i) => !Object.is(x + 0, got[i]! + 0));
  expect(wrong < 0 ? "" : `[${shape}] ${JSON.stringify(reads)}: entry ${wrong} is ${got[wrong]}; it must be ${want[wrong]}`).toBe("");
  expect(got.length).toBe(want.length);
}

const contiguous = (shape: Shape): Read => {
  const strides = shape.map((_, a) => shape.slice(a + 1).reduce((product, size) => product * size, 1));
  return { length: shape.reduce((product, size) => product * size, 1), offset: 0, strides };
};

const threeInputs = call("add", call("mul", input(0), 4), call("sub", input(1), input(2)));

describe.each(targets)("$numbers.precision in $threads parts", (target) => {
  test("reads through any view", () => {
    const size = fc.oneof(fc.nat(5), fc.integer({ min: 6, max: 40 }));
    const shapes = fc.array(size, { maxLength: 4 }).filter((shape) => shape.reduce((product, n) => product * n, 1) <= 4000);
    fc.assert(
      fc.property(shapes, fc.nat(), (shape, seed) => {
        verify(
          target,
          threeInputs,
          shape,
          [0, 1, 2].map((j) => layoutOf(shape, seed + j)),
          seed,
        );
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    [[9000], [1]],
    [
      [3, 4, 7, 16],
      [0, 0, 0, 1],
    ],
    [
      [300, 10],
      [0, 1],
    ],
    [
      [300, 10],
      [1, 0],
    ],
    [
      [301, 3],
      [0, 1],
    ],
    [
      [50, 37],
      [0, 1],
    ],
    [
      [50, 37],
      [1, 0],
    ],
    [
      [45, 50],
      [1, 45],
    ],
    [
      [3, 33, 18],
      [0, 1, 33],
    ],
    [
      [6, 5, 3],
      [3, 18, 1],
    ],
    [
      [40, 9],
      [-9, -1],
    ],
    [[70], [2]],
    [[70], [-1]],
    [
      [20, 17, 2],
      [34, 2, -1],
    ],
  ])("x + b over %j, b with strides %j", (shape, strides) => {
    const low = strides.reduce((sum, stride, a) => sum + Math.min(0, stride * (shape[a]! - 1)), 0);
    const high = strides.reduce((sum, stride, a) => sum + Math.max(0, stride * (shape[a]! - 1)), 0);
    verify(target, call("add", input(0), input(1)), shape, [contiguous(shape), { length: high - low + 1, offset: -low, strides }]);
    verify(target, input(0), shape, [{ length: high - low + 1, offset: -low, strides }]);
  });

  test("a formula without inputs fills the shape", () => {
    verify(target, constant(-1.5), [13, 3], []);
    verify(target, call("add", 2, 3), [], []);
  });

  test("inputs that the formula does not read are not operands", () => {
    const read = contiguous([5]);
    verify(target, call("neg", input(2)), [5], [read, read, read]);
    expect(
      lowerMap(
        target,
        call("neg", input(2)),
        [5],
        [read, read, read].map((r) => ({ ...r, buffer: testBuffer(r.strides) })),
      ).operands.length,
    ).toBe(1);
  });

  test("a long formula over a short row is computed by a function", () => {
    let f: Expr = input(0);
    for (let i = 0; i < 100; i++) f = call("sub", f, call("mul", i, input(1)));
    verify(target, f, [50, 3], [contiguous([50, 3]), { length: 3, offset: 0, strides: [0, 1] }]);
  });
});

test("a part of the units computes a part of the result and no more", () => {
  const target = testTarget("float64", 1);
  const kernel = lowerMap(target, input(0), [10000], [{ buffer: testBuffer([]), offset: 0, strides: [1] }]).make();
  expect(kernel.phases).toMatchObject([{ entry: "map", units: 5 }]);
});

test("the key tells formulas, sizes and strides apart", () => {
  const target = testTarget("float32");
  const key = (f: Expr, shape: Shape, strides: readonly number[]): string =>
    lowerMap(target, f, shape, [{ buffer: testBuffer([]), offset: 0, strides }]).key;
  const keys = [
    key(input(0), [2, 3], [3, 1]),
    key(call("neg", input(0)), [2, 3], [3, 1]),
    key(input(0), [2, 3], [0, 1]),
    key(input(0), [2, 4], [0, 1]),
  ];
  expect(new Set(keys).size).toBe(4);
  expect(key(input(0), [3, 2], [2, 1])).toBe(keys[0]);
});
