import { setFlagsFromString } from "node:v8";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reduction, Shape } from "../../src/backend.js";
import { evaluate } from "../../src/expr/evaluate.js";
import { call, type Expr, input } from "../../src/expr.js";
import { layoutOf } from "../../src/laws/layout.js";
import { count, strided } from "../../src/laws/multi-index.js";
import { tiedValues, uniform, values } from "../../src/laws/values.js";
import { relaxedSimdIsOn } from "../../src/wasm/features.js";
import type { Target } from "../../src/wasm/kernel.js";
import { lowerMapReduce, lowerReduce } from "../../src/wasm/lower-reduce.js";
import { runLaunch, testBuffer, testTarget } from "./run-launch.js";

// Node 20 has relaxed SIMD only behind this flag, which must be set before the first module is compiled.
setFlagsFromString("--experimental-wasm-relaxed-simd");
const relaxed = relaxedSimdIsOn();

const targets = (["float32", "float64"] as const).flatMap((precision) => [testTarget(precision, 1), testTarget(precision, 3, relaxed)]);

const kinds = ["sum", "max", "min", "argmax"] as const;

interface Read {
  readonly length: number;
  readonly offset: number;
  readonly strides: readonly number[];
}

/** Small whole numbers, so that sums are exact in every order; for max and its kin some NaN. */
function numbersFor(kind: Reduction, length: number, seed: number): number[] {
  return kind === "sum" ? values(length, seed).map((x) => Math.round(8 * x)) : tiedValues(length, seed, 40);
}

/** The same by plain loops: `at` gives the entry of every index, in row-major order. */
function naive(kind: Reduction, shape: Shape, axes: readonly number[], at: (index: readonly number[]) => number): number[] {
  const kept = shape.filter((_, a) => !axes.includes(a));
  const first = kind === "sum" ? 0 : kind === "min" ? Infinity : -Infinity;
  const out = new Array<number>(count(kept)).fill(kind === "argmax" ? Math.min(0, shape[axes[0]!]! - 1) : first);
  const best = out.map(() => first);
  const index = shape.map(() => 0);
  for (let n = count(shape); n > 0; n--) {
    const place = shape.reduce((sum, size, a) => (axes.includes(a) ? sum : sum * size + index[a]!), 0);
    const x = at(index);
    if (kind === "sum") out[place]! += x;
    else if (kind === "min") out[place] = Math.min(out[place]!, x);
    else if (kind === "max") out[place] = Math.max(out[place]!, x);
    else if (x > best[place]! || (Number.isNaN(x) && !Number.isNaN(best[place]!))) {
      best[place] = x;
      out[place] = index[axes[0]!]!;
    }
    for (let a = shape.length - 1; a >= 0 && ++index[a]! === shape[a]; a--) index[a] = 0;
  }
  return out;
}

function verify(target: Target, kind: Reduction, f: Expr, shape: Shape, axes: readonly number[], reads: readonly Read[], seed = 1): void {
  const numbers = reads.map(({ length }, j) => numbersFor(kind, length, seed + j));
  const views = reads.map(({ offset, strides }, j) => ({ buffer: testBuffer(numbers[j]!), offset, strides }));
  const got = runLaunch(target, lowerMapReduce(target, kind, f, shape, axes, views));
  const want = naive(kind, shape, axes, (index) =>
    plainly(
      f,
      reads.map(({ offset, strides }, j) => numbers[j]![strided(offset, strides, index)]!),
    ),
  );
  const wrong = want.findIndex((x, i) => !Object.is(x + 0, got[i]! + 0));
  const what = `${kind} of [${shape}] over [${axes}] ${JSON.stringify(reads)}`;
  expect(wrong < 0 ? "" : `${what}: entry ${wrong} is ${got[wrong]}; it must be ${want[wrong]}`).toBe("");
  expect(got.length).toBe(want.length);
}

/** `evaluate`, but at once where f only reads. */
const plainly = (f: Expr, inputs: readonly number[]): number => (f.kind === "input" ? inputs[f.index]! : evaluate(f, inputs));

const contiguous = (shape: Shape): Read => ({ length: count(shape), offset: 0, strides: shape.map((_, a) => count(shape.slice(a + 1))) });

const cases: readonly (readonly [Shape, readonly number[]])[] = [
  [[33333], [0]],
  [[5000, 10], [0]],
  [[1500, 16], [0]],
  [[700, 100], [0]],
  [[6000, 3], [0]],
  [[50, 10], [1]],
  [[61, 7], [1]],
  [[50, 100], [1]],
  [[7, 301], [1]],
  [[6, 90, 16], [1]],
  [
    [3, 20, 9, 5],
    [1, 2],
  ],
  [
    [4, 30, 5, 40],
    [0, 2],
  ],
  [
    [40, 12, 60],
    [0, 2],
  ],
  [
    [100, 2, 100],
    [0, 2],
  ],
  [
    [2, 3, 4, 5, 6],
    [0, 2, 4],
  ],
  [[5, 5], []],
  [[1, 7, 1], [1]],
];

describe.each(targets)("$numbers.precision in $threads parts", (target) => {
  test.each(kinds)("%s at shapes of every kind", (kind) => {
    for (const [shape, axes] of cases) {
      if (kind === "argmax" && axes.length !== 1) continue;
      verify(target, kind, input(0), shape, axes, [contiguous(shape)]);
    }
  });

  test.each(kinds)("%s of a formula through any views", (kind) => {
    const size = fc.oneof(fc.nat(6), fc.integer({ min: 7, max: 40 }));
    const drawn = fc
      .array(size, { minLength: 1, maxLength: 4 })
      .filter((shape) => count(shape) <= 3000)
      .chain((shape) => {
        const axes = shape.map((_, a) => a);
        return fc.record({
          shape: fc.constant(shape),
          axes: kind === "argmax" ? fc.constantFrom(...axes).map((a) => [a]) : fc.subarray(axes),
          seed: fc.nat(),
        });
      });
    const f = call("sub", call("mul", 2, input(0)), input(1));
    fc.assert(
      fc.property(drawn, ({ shape, axes, seed }) => {
        verify(target, kind, f, shape, axes, [layoutOf(shape, seed), layoutOf(shape, seed + 1)], seed);
      }),
      { numRuns: 40 },
    );
  });

  test("sums of products, of rows less their maximum, of transposes", () => {
    verify(target, "sum", call("mul", input(0), input(1)), [20000], [0], [contiguous([20000]), contiguous([20000])]);
    verify(target, "sum", call("mul", input(0), input(0)), [300, 33], [1], [contiguous([300, 33])]);
    verify(
      target,
      "max",
      call("sub", input(0), input(1)),
      [300, 10],
      [1],
      [contiguous([300, 10]), { length: 300, offset: 0, strides: [1, 0] }],
    );
    verify(target, "sum", input(0), [60, 50], [0], [{ length: 3000, offset: 0, strides: [1, 60] }]);
    verify(target, "sum", input(0), [60, 50], [1], [{ length: 3000, offset: 0, strides: [1, 60] }]);
  });

  test("over nothing", () => {
    const none = { buffer: testBuffer([]), offset: 0, strides: [0, 0] };
    for (const [kind, want] of [
      ["sum", 0],
      ["max", -Infinity],
      ["min", Infinity],
      ["argmax", -1],
    ] as const) {
      expect([...runLaunch(target, lowerMapReduce(target, kind, input(0), [0, 2], [0], [none]))]).toEqual([want, want]);
      expect([...runLaunch(target, lowerMapReduce(target, kind, input(0), [0, 2], [1], [none]))]).toEqual([]);
    }
  });

  test("argmax takes the first NaN, and the first of equals, even of −∞", () => {
    const rows = [
      [1, 3, 3, NaN, 4, NaN],
      [2, 5, 5, 1, 5, 0],
      [-Infinity, -Infinity, -Infinity, -Infinity, -Infinity, -Infinity],
    ];
    const launch = lowerReduce(target, "argmax", [3, 6], [1], testBuffer(rows.flat()));
    expect([...runLaunch(target, launch)]).toEqual([3, 1, 0]);
  });
});

test.each(["float32", "float64"] as const)("%s results have the same bits in 1, 2, 3 and 8 parts", (precision) => {
  for (const [shape, axes] of cases) {
    const x = testBuffer(values(count(shape), 5));
    const results = [1, 2, 3, 8].map((threads) => {
      const target = testTarget(precision, threads);
      return runLaunch(target, lowerReduce(target, "sum", shape, axes, x));
    });
    for (const result of results) expect(result).toEqual(results[0]);
  }
});

/** Of one sign and many sizes: added one by one, half the digits of float32 are lost. */
const hard = (length: number): Float32Array => {
  const next = uniform(3);
  return Float32Array.from({ length }, () => 1 + 10 ** (4 * next() - 2));
};

test.each([
  [[1_000_000], [0], 1, 1_000_000],
  [[100_000, 10], [0], 10, 1],
  [[10, 100_000], [1], 1, 100_000],
] as const)("float32 sums of %j over %j keep their digits", (shape, axes, step, start) => {
  const x = hard(1_000_000);
  const target = testTarget("float32");
  const got = runLaunch(target, lowerReduce(target, "sum", shape, axes, testBuffer(x as unknown as number[])));
  const terms = 1_000_000 / got.length;
  // Six chains of at most 64 additions would be allowed 384 roundings; they are far from all of one sign.
  const bound = 24 * 2 ** -24;
  for (let r = 0; r < got.length; r++) {
    let [exact, naively] = [0, 0];
    for (let k = 0; k < terms; k++) {
      const term = x[r * start + k * step]!;
      exact += term;
      naively = Math.fround(naively + term);
    }
    expect(Math.abs(got[r]! - exact) / exact).toBeLessThan(bound);
    expect(Math.abs(naively - exact) / exact).toBeGreaterThan(2 * bound);
  }
});
