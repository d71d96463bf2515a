import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { WindowGeometry } from "../../src/backend.js";
import { evaluate } from "../../src/expr/evaluate.js";
import { call, constant, type Expr, input } from "../../src/expr.js";
import { layoutOf } from "../../src/laws/layout.js";
import { flat, indicesOf, strided } from "../../src/laws/multi-index.js";
import { windowOutGrid } from "../../src/out-grid.js";
import { lowerArgmaxWindows, lowerMapArgmaxWindows } from "../../src/wasm/lower-argmax-windows.js";
import { runLaunch, testBuffer, testTarget } from "./run-launch.js";

const targets = (["float32", "float64"] as const).flatMap((precision) => [1, 3].map((threads) => ({ precision, threads })));

const perAxis = fc
  .record({
    size: fc.integer({ min: 3, max: 7 }),
    window: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    low: fc.nat(2),
    high: fc.nat(2),
  })
  .map(({ low, high, ...axis }) => ({ ...axis, low: Math.min(low, axis.window - 1), high: Math.min(high, axis.window - 1) }));

const geometries: fc.Arbitrary<WindowGeometry> = fc
  .record({ examples: fc.integer({ min: 0, max: 3 }), axes: fc.array(perAxis, { maxLength: 3 }), channels: fc.nat(10) })
  .map(({ examples, axes, channels }) => ({
    examples,
    grid: axes.map((axis) => axis.size),
    window: axes.map((axis) => axis.window),
    stride: axes.map((axis) => axis.stride),
    padLow: axes.map((axis) => axis.low),
    padHigh: axes.map((axis) => axis.high),
    channels,
  }));

/** Small whole numbers with many ties, and rarely NaN or −∞. */
function tied(length: number, seed: number): number[] {
  return Array.from({ length }, (_, i) => {
    const drawn = ((i + 1) * 2654435761 + seed * 40503) >>> 7;
    return drawn % 23 === 0 ? NaN : drawn % 7 === 0 ? -Infinity : drawn % 4;
  });
}

function argmaxNaively(geometry: WindowGeometry, x: readonly number[]): number[] {
  const { examples, grid, window, stride, padLow, channels } = geometry;
  return indicesOf([examples, ...windowOutGrid(geometry), channels]).map((index) => {
    let best = -1;
    for (const within of indicesOf(window)) {
      const cell = within.map((w, a) => stride[a]! * index[a + 1]! - padLow[a]! + w);
      if (!cell.every((i, a) => i >= 0 && i < grid[a]!)) continue;
      const at = flat([examples, ...grid, channels], [index[0]!, ...cell, index.at(-1)!]);
      if (best < 0 || x[at]! > x[best]! || (Number.isNaN(x[at]) && !Number.isNaN(x[best]))) best = at;
    }
    return best;
  });
}

describe.each(targets)("argmaxWindows, $precision, $threads parts", ({ precision, threads }) => {
  const target = testTarget(precision, threads);
  const line = { examples: 1, grid: [6], window: [3], stride: [3], padLow: [0], padHigh: [0], channels: 1 };

  it("takes the first maximum, and the first NaN before it", () => {
    const positions = (x: readonly number[]) => Array.from(runLaunch(target, lowerArgmaxWindows(target, line, testBuffer(x))));
    expect(positions([1, 5, 5, 2, 2, 1])).toEqual([1, 3]);
    expect(positions([9, NaN, NaN, NaN, 3, 4])).toEqual([1, 3]);
    expect(positions([-Infinity, -Infinity, -Infinity, -Infinity, -Infinity, 0])).toEqual([0, 5]);
  });

  it("agrees with the loop over cells for any windows", () => {
    fc.assert(
      fc.property(geometries, fc.nat(1e6), (geometry, seed) => {
        const x = tied(geometry.examples * geometry.grid.reduce((a, b) => a * b, 1) * geometry.channels, seed);
        const out = runLaunch(target, lowerArgmaxWindows(target, geometry, testBuffer(x)));
        expect(Array.from(out)).toEqual(argmaxNaively(geometry, x));
      }),
      { numRuns: 50 },
    );
  });

  it.each([
    { grid: [9, 11], window: [7, 7], stride: [2, 2], padLow: [3, 3], padHigh: [3, 3], channels: 6 },
    { grid: [9, 11], window: [7, 7], stride: [2, 2], padLow: [0, 0], padHigh: [0, 0], channels: 6 },
    { grid: [8, 8], window: [2, 2], stride: [2, 2], padLow: [0, 0], padHigh: [0, 0], channels: 16 },
  ])("large windows and pooling: $window by $stride, padded by $padLow", (axes) => {
    const geometry = { examples: 2, ...axes };
    const x = tied(2 * axes.grid[0]! * axes.grid[1]! * axes.channels, 5);
    expect(Array.from(runLaunch(target, lowerArgmaxWindows(target, geometry, testBuffer(x))))).toEqual(argmaxNaively(geometry, x));
  });

  it("of a formula, agrees with the loop through any views", () => {
    // 2·max(x + y, 1): whole numbers and ties, the same in both precisions.
    const f = call("mul", 2, call("max", call("add", input(0), input(1)), 1));
    fc.assert(
      fc.property(geometries, fc.nat(1e6), fc.boolean(), (geometry, seed, biased) => {
        const shape = [geometry.examples, ...geometry.grid, geometry.channels];
        const layouts = [layoutOf(shape, seed), layoutOf(shape, seed + 1)];
        if (biased) layouts[1] = { length: geometry.channels, offset: 0, strides: shape.map((_, a) => (a === shape.length - 1 ? 1 : 0)) };
        const numbers = layouts.map(({ length }, k) => tied(length, seed + k));
        const mapped = indicesOf(shape).map((index) =>
          evaluate(
            f,
            layouts.map(({ offset, strides }, k) => numbers[k]![strided(offset, strides, index)]!),
          ),
        );
        const views = layouts.map(({ offset, strides }, k) => ({ buffer: testBuffer(numbers[k]!), offset, strides }));
        const out = runLaunch(target, lowerMapArgmaxWindows(target, geometry, f, views));
        expect(Array.from(out)).toEqual(argmaxNaively(geometry, mapped));
      }),
      { numRuns: 50 },
    );
  });

  it("of a formula that does not read all its inputs, or none", () => {
    const view = (values: readonly number[]) => ({ buffer: testBuffer(values), offset: 0, strides: [6, 1, 1] });
    const views = [view([9, 0, 0, 9, 0, 0]), view([1, 2, 3, 6, 5, 4])];
    const positions = (f: Expr) => Array.from(runLaunch(target, lowerMapArgmaxWindows(target, line, f, views)));
    expect(positions(input(1))).toEqual([2, 3]);
    expect(positions(constant(7))).toEqual([0, 3]);
  });
});
