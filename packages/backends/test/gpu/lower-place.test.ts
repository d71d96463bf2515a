import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Shape } from "../../src/backend.js";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { count, indicesOf, strided } from "../../src/laws/multi-index.js";
import { uniform, values } from "../../src/laws/values.js";
import { reckonedDriver } from "./reckoned-driver.js";

const backend = gpuBackend(reckonedDriver());

function contiguous(shape: Shape): number[] {
  return shape.map((_, a) => count(shape.slice(a + 1)));
}

/** Launches that `body` asks for. */
async function launchesOf(body: () => Promise<unknown>): Promise<number> {
  const before = backend.activity().launches;
  await body();
  return backend.activity().launches - before;
}

describe("strides of every kind", () => {
  test("entries that meet add, as in a loop", async () => {
    const drawn = fc.record({ shape: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 4 }), seed: fc.nat() });
    await fc.assert(
      fc.asyncProperty(drawn, async ({ shape, seed }) => {
        // Nothing keeps the axes apart: many indices go to one place.
        const next = uniform(seed);
        const strides = shape.map(() => Math.floor(next() * 15) - 7);
        const lowest = shape.reduce((sum, size, a) => sum + Math.min(0, strides[a]! * (size - 1)), 0);
        const highest = shape.reduce((sum, size, a) => sum + Math.max(0, strides[a]! * (size - 1)), 0);
        const [offset, length] = [2 - lowest, highest - lowest + 5];
        const numbers = values(count(shape), seed).map(Math.fround);
        const want = new Array<number>(length).fill(0);
        indicesOf(shape).forEach((index, k) => {
          want[strided(offset, strides, index)]! += numbers[k]!;
        });
        const source = { buffer: backend.upload(numbers), offset: 0, strides: contiguous(shape) };
        const got = await backend.read(backend.place([length], [{ source, shape, offset, strides }]));
        const worst = Math.max(...want.map((sum, k) => Math.abs(got[k]! - sum)));
        expect(worst).toBeLessThanOrEqual(4 * backend.epsilon * count(shape));
      }),
      { numRuns: 100 },
    );
  });

  test("windows of two that overlap: [[1, 2], [3, 4], [5, 6]] to [1, 5, 9, 6]", async () => {
    const source = { buffer: backend.upload([1, 2, 3, 4, 5, 6]), offset: 0, strides: [2, 1] };
    expect(await backend.read(backend.place([4], [{ source, shape: [3, 2], offset: 0, strides: [1, 1] }]))).toEqual(
      Float32Array.of(1, 5, 9, 6),
    );
  });

  test("entries that all go to one place are summed before, in stages", async () => {
    const source = { buffer: backend.upload(new Float32Array(20000).fill(1)), offset: 0, strides: [2, 1] };
    const parts = [{ source, shape: [10000, 2], offset: 1, strides: [0, 1] }];
    expect(await backend.read(backend.place([4], parts))).toEqual(Float32Array.of(0, 10000, 10000, 0));
    expect(await launchesOf(() => backend.read(backend.place([4], parts)))).toBe(3);
  });
});

describe("parts", () => {
  const partsOf = (buffers: readonly ReturnType<typeof backend.upload>[]) =>
    buffers.map((buffer, k) => ({ source: { buffer, offset: 0, strides: [1] }, shape: [2], offset: 2 * k, strides: [1] }));

  test("of many buffers take several launches", async () => {
    const buffers = Array.from({ length: 12 }, (_, k) => backend.upload([k, -k]));
    const got = await backend.read(backend.place([24], partsOf(buffers)));
    expect([...got]).toEqual(Array.from({ length: 12 }, (_, k) => [k, k === 0 ? 0 : -k]).flat());
    expect(await launchesOf(() => backend.read(backend.place([24], partsOf(buffers))))).toBe(3);
  });

  test("of one buffer go together", async () => {
    const buffer = backend.upload([1, 2]);
    const parts = partsOf(new Array<typeof buffer>(16).fill(buffer));
    expect([...(await backend.read(backend.place([33], parts)))]).toEqual([...new Array(16).fill([1, 2]).flat(), 0]);
    expect(await launchesOf(() => backend.read(backend.place([33], parts)))).toBe(1);
  });

  test("none, or empty ones, leave zeros", async () => {
    const empty = { source: { buffer: backend.upload([]), offset: 0, strides: [1] }, shape: [0], offset: 0, strides: [1] };
    expect(await backend.read(backend.place([2, 1], []))).toEqual(Float32Array.of(0, 0));
    expect(await backend.read(backend.place([3], [empty]))).toEqual(Float32Array.of(0, 0, 0));
  });
});
