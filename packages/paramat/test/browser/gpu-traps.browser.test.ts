import { beforeAll, describe, expect, test } from "vitest";
import { type GpuTraps, gpuTrapsInPage, special } from "./gpu-traps-in-page.js";
import { inBrowser } from "./in-browser.js";
import { runInPage } from "./run-in-page.js";

inBrowser("traps of GPUs", () => {
  const found = { traps: [] as readonly GpuTraps[] };
  beforeAll(async () => {
    found.traps = await runInPage(gpuTrapsInPage, "gpu-traps-in-page.js", { gpu: true });
  }, 120_000);

  describe.each(["webgl2", "webgpu"])("%s", (mode) => {
    const trapsOf = (): GpuTraps => found.traps.find((traps) => traps.mode === mode)!;

    test("numbers that are not finite, and -0, come through", () => {
      expect(trapsOf().special).toEqual(special.map((value) => (Object.is(value, -0) ? "-0" : String(value))));
    });

    test("loops are not cut at 1000 turns", () => {
      expect(trapsOf().longLoops).toEqual([2500, 3000, 100_000]);
    });

    test("places beyond 2^24 are written and read exactly", () => {
      const wanted = Array.from({ length: 72 }, (_, k) => {
        const place = 2 ** 24 - 8 + k;
        return (Math.floor(place / 64) % 1000) + (place % 64) / 64;
      });
      expect(trapsOf().farPlaces).toEqual([wanted, wanted.toReversed()]);
    });

    test("an index cannot point there, which is said", () => {
      expect(trapsOf().farIndex).toMatch(/^gpu: position 16777217 is beyond 16777216, where float32 is no longer exact; /);
    });

    test("a result that is too large for the device is refused before anything runs", () => {
      expect(trapsOf().tooLarge).toMatch(
        new RegExp(
          `^gpu: an array of 1073741824 numbers is too large for ${mode} here, which holds \\d+ in one; use fewer examples at a time`,
        ),
      );
    });

    test("results are not written over by the next run of their kernel", () => {
      expect(trapsOf().heldResults).toEqual([2, 11, 101]);
    });

    test("what is freed waits to be used again, and no more than that", () => {
      // The large result and the few others: 64 MiB and something.
      expect(trapsOf().bytesAfter).toBeGreaterThan(0);
      expect(trapsOf().bytesAfter).toBeLessThan(2 ** 26 + 2 ** 23);
    });
  });
});
