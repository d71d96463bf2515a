import { describe, expect, test } from "vitest";
import type { WindowGeometry } from "../../src/backend.js";
import { BackendError } from "../../src/errors.js";
import { call, type Expr, input } from "../../src/expr.js";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { count, flat, indicesOf } from "../../src/laws/multi-index.js";
import { tiedValues } from "../../src/laws/values.js";
import { windowOutGrid } from "../../src/out-grid.js";
import { reckonedDriver } from "./reckoned-driver.js";

const backend = gpuBackend(reckonedDriver());
const { mapArgmaxWindows } = backend.fused!;

async function positions(geometry: WindowGeometry, numbers: ArrayLike<number>): Promise<number[]> {
  const index = backend.argmaxWindows(geometry, backend.upload(numbers));
  const size = numbers.length;
  const ramp = backend.upload(Array.from({ length: size }, (_, i) => i));
  return [...(await backend.read(backend.gather({ outer: 1, size, inner: 1, count: index.length }, ramp, index)))];
}

function naively(geometry: WindowGeometry, x: readonly number[]): number[] {
  const { examples, grid, window, stride, padLow, channels } = geometry;
  const within = indicesOf(window);
  return indicesOf([examples, ...windowOutGrid(geometry), channels]).map((index) => {
    let at = -1;
    for (const offset of within) {
      const cell = offset.map((w, a) => stride[a]! * index[a + 1]! - padLow[a]! + w);
      if (!cell.every((i, a) => i >= 0 && i < grid[a]!)) continue;
      const place = flat([examples, ...grid, channels], [index[0]!, ...cell, index.at(-1)!]);
      if (at < 0 || (!Number.isNaN(x[at]) && (x[place]! > x[at]! || Number.isNaN(x[place])))) at = place;
    }
    return at;
  });
}

describe("windows of more than 1024 cells", () => {
  const padded = { examples: 1, grid: [40, 45], window: [35, 36], stride: [15, 20], padLow: [17, 3], padHigh: [9, 17], channels: 2 };
  const whole = { examples: 2, grid: [60, 60], window: [60, 60], stride: [1, 1], padLow: [0, 0], padHigh: [0, 0], channels: 2 };
  const line = { examples: 1, grid: [3000], window: [2500], stride: [250], padLow: [0], padHigh: [0], channels: 1 };

  test.each([
    ["padded", padded],
    ["the whole grid", whole],
    ["along a line", line],
  ])("%s: the first maximum, or the first NaN", async (_, geometry) => {
    const size = geometry.examples * count(geometry.grid) * geometry.channels;
    for (const rarity of [Infinity, 900]) {
      const x = tiedValues(size, 7, rarity);
      expect(await positions(geometry, x)).toEqual(naively(geometry, x));
    }
  });

  test("of −∞ alone, the first cell in the grid", async () => {
    const x = new Array<number>(40 * 45 * 2).fill(-Infinity);
    expect(await positions(padded, x)).toEqual(naively(padded, x));
  });

  test("take a launch more", async () => {
    const input = backend.upload(new Float32Array(3000));
    const before = backend.activity().launches;
    backend.argmaxWindows(line, input);
    expect(backend.activity().launches - before).toBe(2);
  });
});

test("a formula of more buffers than a kernel reads is computed before", async () => {
  const sum = Array.from({ length: 9 }, (_, j) => input(j)).reduce<Expr>((a, b) => call("add", a, b), input(0));
  const inputs = Array.from({ length: 9 }, (_, j) => ({ buffer: backend.upload([j, 2 * j, 0]), offset: 0, strides: [0, 1, 0] }));
  const geometry = { examples: 1, grid: [3], window: [2], stride: [1], padLow: [0], padHigh: [0], channels: 1 };
  const index = mapArgmaxWindows(geometry, sum, inputs);
  const ramp = backend.upload([10, 20, 30]);
  expect(await backend.read(backend.gather({ outer: 1, size: 3, inner: 1, count: 2 }, ramp, index))).toEqual(Float32Array.of(20, 20));
});

test("positions beyond 2²⁴ are refused", () => {
  const geometry = { examples: 1, grid: [2 ** 24 + 2], window: [2], stride: [2], padLow: [0], padHigh: [0], channels: 1 };
  const input = backend.upload([1]);
  expect(() => backend.argmaxWindows(geometry, input)).toThrow(BackendError);
  expect(() => backend.argmaxWindows(geometry, input)).toThrow("position 16777217 is beyond 16777216");
});
