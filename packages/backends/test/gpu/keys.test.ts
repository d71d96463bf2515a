import { describe, expect, test } from "vitest";
import type { Buffer, Contraction, Part, Reduction, Shape, View } from "../../src/backend.js";
import { rowMajorStrides } from "../../src/cpu/offsets.js";
import { call, type Expr, input } from "../../src/expr.js";
import type { Driver } from "../../src/gpu/driver.js";
import { createEngine } from "../../src/gpu/engine.js";
import { lowerings } from "../../src/gpu/lowerings.js";
import { checkingKeys } from "./checking-keys.js";
import { reckonedDriver } from "./reckoned-driver.js";

/** A driver that computes nothing, so that sizes may be those at which kernels are split. */
function idleDriver(): Driver {
  return {
    ...reckonedDriver(),
    compile: (_source, _functions, length) => ({ length }),
    launch: (kernel) => new Float32Array((kernel as { readonly length: number }).length),
    free() {},
    freeKernel() {},
  };
}

type Choices = Readonly<Record<string, readonly unknown[]>>;
type Chosen<C extends Choices> = { readonly [K in keyof C]: C[K][number] };

/** Everything that takes one of each: [{ a: 1, b: 2 }, { a: 1, b: 3 }, …]. */
function combinations<const C extends Choices>(choices: C): Chosen<C>[] {
  return Object.entries(choices).reduce<object[]>(
    (rows, [name, values]) => rows.flatMap((row) => values.map((value) => ({ ...row, [name]: value }))),
    [{}],
  ) as Chosen<C>[];
}

const engine = createEngine(idleDriver());
const counted = { launches: 0 };
const checked = checkingKeys(engine.device);
const kernels = lowerings({
  ...checked,
  run(launch) {
    counted.launches++;
    return checked.run(launch);
  },
});
const fused = kernels.fused!;
const [a, b] = [engine.upload([1]), engine.upload([2])];

/** Ways of reading an array of this shape: as it lies, from further on, backwards, transposed, the same row again and again. */
function views(buffer: Buffer, shape: Shape): readonly View[] {
  const strides = rowMajorStrides(shape);
  return [
    { buffer, offset: 0, strides },
    { buffer, offset: 1, strides },
    { buffer, offset: 50, strides: strides.map((stride) => -stride) },
    { buffer, offset: 0, strides: rowMajorStrides(shape.toReversed()).toReversed() },
    { buffer, offset: 0, strides: strides.map((stride, axis) => (axis === 0 ? 0 : stride)) },
  ];
}

const formulas: readonly Expr[] = [
  call("add", input(0), input(1)),
  call("sub", input(0), input(1)),
  call("sub", input(1), input(0)),
  ...[0, -0, 2, 2.5, Number.NaN].map((value) => call("add", call("mul", input(0), value), input(1))),
];

const mapped = (shape: Shape): { readonly f: Expr; readonly inputs: readonly View[] }[] =>
  combinations({ f: formulas, first: views(a, shape), second: [...views(b, shape).slice(0, 2), ...views(a, shape).slice(0, 2)] }).map(
    ({ f, first, second }) => ({ f, inputs: [first, second] }),
  );

const shapes: readonly Shape[] = [[6], [2, 3], [3, 2], [2, 1, 3], [2, 2, 3], [2, 3, 2]];
const subsets = ({ length }: Shape): number[][] =>
  Array.from({ length: 2 ** length }, (_, bits) => Array.from({ length }, (_, axis) => axis).filter((axis) => (bits >> axis) % 2 === 1));
const contractions: readonly Contraction[] = ["apply", "applyTranspose", "jacobianTranspose"];
const reductions: readonly Reduction[] = ["sum", "max", "min", "argmax"];

const calls: Readonly<Record<string, () => void>> = {
  map() {
    for (const shape of shapes) for (const { f, inputs } of mapped(shape)) kernels.map(f, shape, inputs);
  },
  place() {
    const parts = shapes.flatMap((shape) =>
      combinations({ source: views(a, shape), to: views(a, shape).slice(0, 4) }).map(
        ({ source, to }): Part => ({ source, shape, offset: to.offset, strides: to.strides }),
      ),
    );
    for (const part of parts) {
      kernels.place([100], [part]);
      for (const buffer of [a, b]) kernels.place([100], [part, { ...part, source: { ...part.source, buffer }, offset: 60 }]);
      kernels.place(
        [100],
        Array.from({ length: 20 }, () => part),
      );
    }
  },
  reduce() {
    const long: readonly Shape[] = [[3000], [3000, 2], [2, 3000], [40, 50, 2], [50, 40, 2], [2, 70000], [4, 70000], [70000, 2], [70000, 4]];
    for (const shape of [...shapes, ...long]) {
      const some = mapped(shape).slice(0, long.includes(shape) ? 3 : 60);
      for (const axes of subsets(shape)) {
        for (const kind of reductions) {
          if (kind === "argmax" && axes.length !== 1) continue;
          kernels.reduce(kind, shape, axes, a);
          for (const { f, inputs } of some) fused.mapReduce(kind, f, shape, axes, inputs);
        }
      }
    }
  },
  scan() {
    const sizes = combinations({ outer: [1, 2, 3], size: [1, 2, 64, 65, 128, 4097], inner: [1, 2, 3], reverse: [false, true] });
    for (const { outer, size, inner, reverse } of sizes) kernels.scan(outer, size, inner, reverse, a);
  },
  contract() {
    const batches: readonly Shape[] = [[], [1], [2], [2, 1], [1, 2], [2, 2]];
    for (const { batch, m, n, k } of combinations({ batch: batches, m: [1, 2, 3], n: [1, 2, 3], k: [0, 1, 2, 7, 300, 5000] })) {
      for (const { left, right } of combinations({ left: views(a, [...batch, m, k]), right: views(b, [...batch, k, n]) })) {
        kernels.contract({ batch, m, n, k }, left, right);
      }
    }
  },
  convolve() {
    const plane = combinations({
      examples: [1, 2, 300],
      grid: [
        [6, 7],
        [7, 6],
        [7, 7],
      ],
      kernel: [
        [3, 2],
        [2, 3],
      ],
      stride: [
        [1, 1],
        [1, 2],
        [2, 1],
        [3, 3],
        [3, 4],
      ],
      dilation: [
        [1, 1],
        [1, 2],
        [2, 1],
      ],
      channels: [
        [1, 1, 1],
        [2, 2, 1],
        [2, 2, 2],
        [2, 4, 2],
        [4, 2, 2],
        [4, 4, 1],
      ],
    });
    for (const { channels, ...rest } of plane) {
      const [channelsIn, channelsOut, groups] = channels;
      for (const which of contractions) kernels.convolve(which, { ...rest, groups, channelsIn, channelsOut }, a, b);
    }
  },
  sparse() {
    const many = Array.from({ length: 3000 }, (_, t) => t);
    const rows: readonly (readonly number[])[] = [[0, 1], [1, 1], [0, 0, 1], many.map(() => 0)];
    for (const { places, numRows, numCols, examples } of combinations({
      places: rows,
      numRows: [2, 3],
      numCols: [3000, 3001],
      examples: [1, 2, 257, 258, 700],
    })) {
      const pattern = { numRows, numCols, rows: Int32Array.from(places), cols: Int32Array.from(places.keys()) };
      for (const which of contractions) kernels.sparse(which, pattern, examples, a, b);
    }
  },
  "gather and scatterAdd"() {
    const index = (count: number, size: number): ReturnType<typeof engine.uploadIndex> =>
      engine.uploadIndex(Array.from({ length: count }, (_, k) => (k < 5 ? (k % (size + 1)) - 1 : 1)));
    for (const layout of combinations({ outer: [1, 2, 3], size: [2, 3, 5], inner: [1, 2, 3], count: [1, 2, 3, 3000, 4000] })) {
      kernels.gather(layout, a, index(layout.count, layout.size));
      kernels.scatterAdd(layout, a, index(layout.count, layout.size));
    }
  },
  "argmaxWindows and the scatterAdd through it"() {
    const line = combinations({ size: [5, 6], window: [2, 3], stride: [1, 2, 3], low: [0, 1], high: [0, 1] });
    const plane = line.flatMap((one) => [[one, line[0]!] as const, [line[0]!, one] as const]);
    const large = [1500, 1600].map((size) => [{ size, window: size, stride: 1, low: 0, high: 0 }] as const);
    for (const axes of [...line.map((one) => [one] as const), ...plane, ...large]) {
      const each = (what: "size" | "window" | "stride" | "low" | "high"): number[] => axes.map((axis) => axis[what]);
      const grid = { grid: each("size"), window: each("window"), stride: each("stride"), padLow: each("low"), padHigh: each("high") };
      for (const sizes of combinations({ examples: [1, 2], channels: [1, 2] })) {
        const geometry = { ...grid, ...sizes };
        const shape = [geometry.examples, ...geometry.grid, geometry.channels];
        for (const { f, inputs } of mapped(shape).slice(0, 25)) fused.mapArgmaxWindows(geometry, f, inputs);
        const index = kernels.argmaxWindows(geometry, a);
        const size = shape.reduce((product, n) => product * n, 1);
        for (const outer of [1, 2]) {
          for (const inner of [1, 2])
            kernels.scatterAdd({ outer, size, inner, count: index.length }, a, index as unknown as ReturnType<typeof engine.uploadIndex>);
        }
      }
    }
  },
  "fft, realFft and realFilter"() {
    const spectral: readonly Shape[] = [
      ...[2, 3, 4, 12, 13, 131, 137, 149, 1000].map((n) => [n]),
      [2, 12],
      [12, 2],
      [2, 12, 2],
      [2, 149, 2],
    ];
    for (const shape of spectral) {
      for (const { axes, inverse } of combinations({ axes: subsets(shape), inverse: [false, true] })) {
        kernels.fft(shape, axes, inverse, a);
        if (axes.length === 0) continue;
        fused.realFft(shape, axes, inverse, a);
        if (!axes.includes(0)) fused.realFilter(shape, axes, inverse, a, b);
      }
    }
  },
};

// What a key leaves out shows where two calls differ in that alone: so all combinations of a few values of everything are called.
describe("launches with one key have one code", () => {
  test.each(Object.entries(calls))("%s", (_, run) => {
    const before = counted.launches;
    engine.buffers.scope(run);
    expect(counted.launches - before).toBeGreaterThan(100);
  });
});
