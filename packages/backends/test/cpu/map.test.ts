import { fc, test } from "@fast-check/vitest";
import { describe, expect, vi } from "vitest";
import type { View } from "../../src/backend.js";
import { createMap } from "../../src/cpu/map.js";
import { evaluate } from "../../src/expr/evaluate.js";
import { call, constant, type Expr, input } from "../../src/expr.js";
import { randomExpr } from "../expr/random-expr.js";

interface Read {
  readonly shape: readonly number[];
  readonly views: readonly View[];
}

/** A shape, and views on it that permute, flip, broadcast, skip and start anywhere. */
const reads: fc.Arbitrary<Read> = fc
  .array(fc.oneof({ weight: 8, arbitrary: fc.integer({ min: 1, max: 7 }) }, { weight: 1, arbitrary: fc.constantFrom(0, 33, 70) }), {
    maxLength: 4,
  })
  .filter((shape) => shape.reduce((product, size) => product * size, 1) <= 5000)
  .chain((shape) => fc.record({ shape: fc.constant(shape), views: fc.tuple(viewOf(shape), viewOf(shape), viewOf(shape)) }));

function viewOf(shape: readonly number[]): fc.Arbitrary<View> {
  const axes = shape.map((_, a) => a);
  const ways = fc.array(fc.constantFrom("along", "along", "flip", "broadcast", "skip"), {
    minLength: shape.length,
    maxLength: shape.length,
  });
  return fc
    .record({ order: fc.shuffledSubarray(axes, { minLength: axes.length }), sorted: fc.boolean(), ways, start: fc.nat(3) })
    .map((how) => {
      const strides = shape.map(() => 0);
      let length = 1;
      let offset = how.start;
      for (const axis of how.sorted ? axes.toReversed() : how.order) {
        const size = Math.max(shape[axis] as number, 1);
        const way = how.ways[axis];
        if (way === "broadcast") continue;
        const step = way === "skip" ? 2 * length : length;
        strides[axis] = way === "flip" ? -step : step;
        if (way === "flip") offset += step * (size - 1);
        length = step * size;
      }
      // Distinct, not exactly representable in float32, of both signs.
      const values = Float64Array.from({ length: length + 3 }, (_, i) => Math.sin(i + 1) * 3);
      return { buffer: values, offset, strides };
    });
}

/** Entry by entry: each multi-index from its flat position, each value by `evaluate`. */
function naiveMap(f: Expr, { shape, views }: Read): number[] {
  const total = shape.reduce((product, size) => product * size, 1);
  return Array.from({ length: total }, (_, flat) => {
    const index = shape.map((size, a) => Math.floor(flat / shape.slice(a + 1).reduce((product, s) => product * s, 1)) % size);
    return evaluate(
      f,
      views.map(({ buffer, offset, strides }) => {
        const position = index.reduce((sum, i, a) => sum + i * (strides[a] as number), offset);
        return (buffer as Float64Array)[position] as number;
      }),
    );
  });
}

const float32 = (read: Read): Read => ({
  ...read,
  views: read.views.map((v) => ({ ...v, buffer: Float32Array.from(v.buffer as Float64Array) })),
});

describe.each([true, false])("codegen: %s", (codegen) => {
  const map64 = createMap("float64", { codegen });
  const map32 = createMap("float32", { codegen });

  test.prop([randomExpr(3), reads], { numRuns: 400 })("is the naive loop, to the bit, in float64", (f, read) => {
    expect(map64(f, read.shape, read.views)).toEqual(Float64Array.from(naiveMap(f, read)));
  });

  test.prop([randomExpr(3), reads])("rounds once, at the store, in float32", (f, read) => {
    expect(map32(f, read.shape, float32(read).views)).toEqual(Float32Array.from(naiveMap(f, float32(read))));
  });

  test.prop([reads, fc.nat(2)], { numRuns: 300 })("copies any view", (read, i) => {
    expect(map64(input(i), read.shape, read.views)).toEqual(Float64Array.from(naiveMap(input(i), read)));
  });

  test("a 2-D transpose larger than a tile, with a contiguous operand beside it", () => {
    const [m, n] = [70, 45];
    const a = Float64Array.from({ length: m * n }, (_, i) => i);
    const read: Read = {
      shape: [n, m],
      views: [
        { buffer: a, offset: 0, strides: [1, n] },
        { buffer: a, offset: 0, strides: [m, 1] },
      ],
    };
    const out = map64(call("sub", input(0), input(1)), read.shape, read.views);
    // Entry (2, 3) is a[3, 2] − b[2, 3] = (3·45 + 2) − (2·70 + 3).
    expect(out[2 * m + 3]).toBe(-6);
    expect(out).toEqual(Float64Array.from(naiveMap(call("sub", input(0), input(1)), read)));
  });

  test("a 3-D axis reversal in tiles: out[i, j, k] = 10⁴k + 10²j + i", () => {
    const sizes = [40, 5, 37] as const;
    const buffer = new Float64Array(40 * 5 * 37);
    for (let k = 0; k < 37; k++)
      for (let j = 0; j < 5; j++) for (let i = 0; i < 40; i++) buffer[(k * 5 + j) * 40 + i] = 1e4 * k + 100 * j + i;
    const out = map64(call("add", input(0), 0.5), sizes, [{ buffer, offset: 0, strides: [1, 40, 200] }]);
    for (const [i, j, k] of [
      [0, 0, 0],
      [39, 4, 36],
      [32, 3, 31],
      [7, 1, 33],
    ] as const) {
      expect(out[(i * 5 + j) * 37 + k]).toBe(1e4 * k + 100 * j + i + 0.5);
    }
    const sum = (values: Iterable<number>) => [...values].reduce((total, value) => total + value, 0);
    expect(sum(out)).toBe(sum(buffer) + 0.5 * buffer.length);
  });

  test("literal values: bias over rows, a scalar, a constant, nothing", () => {
    const y = { buffer: Float64Array.of(1, 2, 3, 4), offset: 0, strides: [2, 1] };
    const bias = { buffer: Float64Array.of(10, 20), offset: 0, strides: [0, 1] };
    expect(map64(call("add", input(0), input(1)), [2, 2], [y, bias])).toEqual(Float64Array.of(11, 22, 13, 24));
    expect(map64(call("mul", input(0), 0.1), [], [{ ...bias, strides: [] }])).toEqual(Float64Array.of(1));
    expect(map64(constant(0.5), [3], [])).toEqual(Float64Array.of(0.5, 0.5, 0.5));
    expect(map64(call("exp", 0), [2], [])).toEqual(Float64Array.of(1, 1));
    expect(map64(call("exp", input(0)), [2, 0], [y])).toEqual(new Float64Array(0));
  });

  test("formulas that differ only in a constant do not share a value", () => {
    const x = { buffer: Float64Array.of(1, 2), offset: 0, strides: [1] };
    const scale = (c: number) => map64(call("mul", constant(c), input(0)), [2], [x]);
    expect([scale(0.1), scale(0.25), scale(-0.25)]).toEqual([
      Float64Array.of(0.1, 0.2),
      Float64Array.of(0.25, 0.5),
      Float64Array.of(-0.25, -0.5),
    ]);
    const power = (c: number) => map64(call("pow", input(0), c), [2], [x]);
    expect([power(2), power(0.5)]).toEqual([Float64Array.of(1, 4), Float64Array.of(1, Math.SQRT2)]);
  });

  test("the same formula over a constant and over an input are two programs", () => {
    const x = { buffer: Float64Array.of(1, 2), offset: 0, strides: [1] };
    expect(map64(call("neg", 0.3), [2], [x])).toEqual(Float64Array.of(-0.3, -0.3));
    expect(map64(call("neg", input(0)), [2], [x])).toEqual(Float64Array.of(-1, -2));
  });

  test("the result is its own array", () => {
    const buffer = Float64Array.of(1, 2);
    const out = map64(input(0), [2], [{ buffer, offset: 0, strides: [1] }]);
    out[0] = 9;
    expect(buffer).toEqual(Float64Array.of(1, 2));
  });
});

test("powers stay the same bits once the engine has optimised the loop", () => {
  const n = 200_000;
  const x = { buffer: Float64Array.from({ length: n }, (_, i) => (i + 1) / 1000), offset: 0, strides: [1] };
  for (const f of [0.5, 2, 3, -1, -0.5, 4, 2.5].map((c) => call("pow", input(0), c))) {
    const generated = createMap("float64", { codegen: true });
    for (let i = 0; i < 3; i++) generated(f, [n], [x]);
    expect(generated(f, [n], [x])).toEqual(createMap("float64", { codegen: false })(f, [n], [x]));
  }
});

describe("where the host refuses to compile strings", () => {
  function refused(): never {
    throw new EvalError("unsafe-eval is not allowed");
  }
  const x = { buffer: Float64Array.of(1, 4), offset: 0, strides: [1] };

  test("the interpreter serves", () => {
    vi.stubGlobal("Function", refused);
    const map = createMap("float64");
    const out = map(call("sqrt", input(0)), [2], [x]);
    vi.unstubAllGlobals();
    expect(out).toEqual(Float64Array.of(1, 2));
  });

  test("asking for code generation all the same is an error", () => {
    vi.stubGlobal("Function", refused);
    const run = () => createMap("float64", { codegen: true })(call("sqrt", input(0)), [2], [x]);
    expect(run).toThrow(EvalError);
    vi.unstubAllGlobals();
  });
});
