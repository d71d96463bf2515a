import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { IndexBuffer } from "../../src/backend.js";
import { BackendError } from "../../src/errors.js";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { count } from "../../src/laws/multi-index.js";
import { tiedValues, values } from "../../src/laws/values.js";
import { geometries } from "../../src/laws/windows.js";
import { windowOutGrid } from "../../src/out-grid.js";
import { reckonedDriver } from "./reckoned-driver.js";

const backend = gpuBackend(reckonedDriver());

describe("through positions from the host", () => {
  test("one place that gets far more than the others takes a launch more", async () => {
    const [size, inner, entries] = [3, 2, 9000];
    const index = backend.uploadIndex(Array.from({ length: entries }, (_, k) => (k % 100 === 0 ? 2 : k % 100 === 1 ? -1 : 0)));
    const numbers = values(entries * inner, 5).map(Math.fround);
    const want = new Array<number>(size * inner).fill(0);
    numbers.forEach((value, at) => {
      const k = Math.floor(at / inner);
      if (k % 100 !== 1) want[(k % 100 === 0 ? 2 : 0) * inner + (at % inner)]! += value;
    });
    const before = backend.activity().launches;
    const got = await backend.read(backend.scatterAdd({ outer: 1, size, inner, count: entries }, backend.upload(numbers), index));
    expect(backend.activity().launches - before).toBe(2);
    const worst = want.reduce((most, sum, k) => Math.max(most, Math.abs(sum - got[k]!)), 0);
    expect(worst).toBeLessThanOrEqual(4 * backend.epsilon * entries);
  });

  test("the same index for arrays of two sizes", async () => {
    const index = backend.uploadIndex([1, 0, 1]);
    const input = backend.upload([1, 2, 4]);
    const scattered = async (size: number) => [
      ...(await backend.read(backend.scatterAdd({ outer: 1, size, inner: 1, count: 3 }, input, index))),
    ];
    expect(await scattered(2)).toEqual([2, 5]);
    expect(await scattered(4)).toEqual([2, 5, 0, 0]);
    expect(await scattered(2)).toEqual([2, 5]);
  });
});

test("through the maxima of windows, each entry goes to its maximum", async () => {
  await fc.assert(
    fc.asyncProperty(geometries, fc.nat(), async (geometry, seed) => {
      const { examples, grid, channels } = geometry;
      const size = examples * count(grid) * channels;
      const windows = examples * count(windowOutGrid(geometry)) * channels;
      const index = backend.argmaxWindows(geometry, backend.upload(tiedValues(size, seed, 20)));
      const z = values(windows, seed + 1).map(Math.fround);
      const ramp = backend.upload(Array.from({ length: size }, (_, i) => i));
      const positions = await backend.read(backend.gather({ outer: 1, size, inner: 1, count: windows }, ramp, index));
      const want = new Array<number>(size).fill(0);
      z.forEach((value, k) => {
        want[positions[k]!]! += value;
      });
      const got = await backend.read(backend.scatterAdd({ outer: 1, size, inner: 1, count: windows }, backend.upload(z), index));
      const worst = want.reduce((most, sum, k) => Math.max(most, Math.abs(sum - got[k]!)), 0);
      expect(worst).toBeLessThanOrEqual(4 * backend.epsilon * 27);
    }),
    { numRuns: 40 },
  );
});

test("windows of two cells over [1, 3, 2]: their maximum 3 gets both", async () => {
  const geometry = { examples: 1, grid: [3], window: [2], stride: [1], padLow: [0], padHigh: [0], channels: 1 };
  const index = backend.argmaxWindows(geometry, backend.upload([1, 3, 2]));
  const got = await backend.read(backend.scatterAdd({ outer: 1, size: 3, inner: 1, count: 2 }, backend.upload([10, 5]), index));
  expect(got).toEqual(Float32Array.of(0, 15, 0));
});

test("an index of which nothing is known is refused", () => {
  const index = backend.upload([0, 1]) as unknown as IndexBuffer;
  const scattered = () => backend.scatterAdd({ outer: 1, size: 3, inner: 1, count: 2 }, backend.upload([1, 2]), index);
  expect(scattered).toThrow(BackendError);
  expect(scattered).toThrow(
    "scatterAdd: the index of 2 positions is not known here; it must come from uploadIndex or argmaxWindows of the same backend",
  );
});
