import * as fc from "fast-check";
import { expect, test } from "vitest";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { values } from "../../src/laws/values.js";
import { reckonedDriver } from "./reckoned-driver.js";

const backend = gpuBackend(reckonedDriver());

async function scanned(outer: number, size: number, inner: number, reverse: boolean, numbers: ArrayLike<number>): Promise<Float32Array> {
  return (await backend.read(backend.scan(outer, size, inner, reverse, backend.upload(numbers)))) as Float32Array;
}

test("sums over many blocks are those of a loop", async () => {
  const drawn = fc.record({
    outer: fc.integer({ min: 1, max: 2 }),
    size: fc.oneof(fc.integer({ min: 60, max: 200 }), fc.integer({ min: 4000, max: 4300 })),
    inner: fc.integer({ min: 1, max: 2 }),
    reverse: fc.boolean(),
    seed: fc.nat(),
  });
  await fc.assert(
    fc.asyncProperty(drawn, async ({ outer, size, inner, reverse, seed }) => {
      const numbers = values(outer * size * inner, seed).map(Math.fround);
      const got = await scanned(outer, size, inner, reverse, numbers);
      let worst = 0;
      for (let o = 0; o < outer; o++) {
        for (let i = 0; i < inner; i++) {
          let sum = 0;
          for (let l = 0; l < size; l++) {
            const at = (o * size + (reverse ? size - 1 - l : l)) * inner + i;
            sum += numbers[at]!;
            worst = Math.max(worst, Math.abs(got[at]! - sum));
          }
        }
      }
      expect(worst).toBeLessThanOrEqual(4 * backend.epsilon * size);
    }),
    { numRuns: 15 },
  );
});

test.each([
  [64, 1],
  [65, 3],
  [4096, 3],
  [5000, 5],
])("%i entries take %i launches", async (size, launches) => {
  const before = backend.activity().launches;
  const got = await scanned(1, size, 1, true, new Float32Array(size).fill(1));
  expect(backend.activity().launches - before).toBe(launches);
  expect([got[0], got[size - 64], got[size - 1]]).toEqual([size, 64, 1]);
});

test("1, 2, 4 along the middle axis", async () => {
  expect(await scanned(1, 3, 2, false, [1, 10, 2, 20, 4, 40])).toEqual(Float32Array.of(1, 10, 3, 30, 7, 70));
});
