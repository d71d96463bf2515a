import * as fc from "fast-check";
import type { WindowGeometry } from "../backend.js";
import { agreeExactly } from "./agree.js";
import { type BackendLaw, backendLawOf } from "./backend-law.js";
import { readIndex } from "./kernel-trial.js";
import { count, flat, indicesOf } from "./multi-index.js";
import { stored, tiedValues } from "./values.js";

// Padding below the window's size, so that every window holds a cell.
const perAxis = fc
  .record({
    size: fc.integer({ min: 1, max: 7 }),
    window: fc.integer({ min: 1, max: 3 }),
    stride: fc.integer({ min: 1, max: 3 }),
    low: fc.nat(2),
    high: fc.nat(2),
  })
  .map(({ low, high, ...axis }) => ({ ...axis, low: Math.min(low, axis.window - 1), high: Math.min(high, axis.window - 1) }));

/** Windows over up to three axes, each holding a cell. */
export const geometries: fc.Arbitrary<WindowGeometry> = fc
  .record({ examples: fc.nat(2), axes: fc.array(perAxis, { minLength: 1, maxLength: 3 }), channels: fc.nat(3) })
  .map(({ examples, axes, channels }) => ({
    examples,
    grid: axes.map((axis) => axis.size),
    window: axes.map((axis) => axis.window),
    stride: axes.map((axis) => axis.stride),
    padLow: axes.map((axis) => axis.low),
    padHigh: axes.map((axis) => axis.high),
    channels,
  }));

function argmaxNaively({ examples, grid, window, stride, padLow, padHigh, channels }: WindowGeometry, x: readonly number[]): number[] {
  const outGrid = grid.map((size, a) => {
    let windows = 0;
    while (stride[a]! * windows + window[a]! <= padLow[a]! + size + padHigh[a]!) windows++;
    return windows;
  });
  return indicesOf([examples, ...outGrid, channels]).map((index) => {
    const [e, c] = [index[0]!, index.at(-1)!];
    const cells = indicesOf(window)
      .map((within) => within.map((w, a) => stride[a]! * index[a + 1]! - padLow[a]! + w))
      .filter((cell) => cell.every((i, a) => i >= 0 && i < grid[a]!))
      .map((cell) => flat([examples, ...grid, channels], [e, ...cell, c]));
    const most = Math.max(...cells.map((cell) => x[cell]!));
    return cells.find((cell) => Object.is(x[cell], most))!;
  });
}

/** `argmaxWindows` finds each window's first maximum, or its first NaN. */
export const windowsLaws: readonly BackendLaw[] = [
  backendLawOf(
    "argmaxWindows: the first maximum of each window",
    fc.record({ geometry: geometries, rarity: fc.constantFrom(Infinity, 9), seed: fc.nat() }),
    async (backend, { geometry, rarity, seed }) => {
      const what = `argmaxWindows ${JSON.stringify(geometry)}`;
      const x = stored(backend, tiedValues(geometry.examples * count(geometry.grid) * geometry.channels, seed, rarity));
      const buffer = backend.upload(x);
      const positions = await readIndex(backend, backend.argmaxWindows(geometry, buffer), x.length);
      agreeExactly(what, positions, argmaxNaively(geometry, x));
      agreeExactly(`${what}, called again`, await readIndex(backend, backend.argmaxWindows(geometry, buffer), x.length), positions);
      agreeExactly(`${what}, its input afterwards`, await backend.read(buffer), x);
    },
  ),
];
