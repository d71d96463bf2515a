import { beforeAll, describe, expect, test } from "vitest";
import { inBrowser } from "./in-browser.js";
import { type LostGpu, lostGpuInPage } from "./lost-gpu-in-page.js";
import { runInPage } from "./run-in-page.js";

inBrowser("a GPU that is lost", () => {
  const found = { lost: [] as readonly LostGpu[] };
  beforeAll(async () => {
    found.lost = await runInPage(lostGpuInPage, "lost-gpu-in-page.js", { gpu: true });
  }, 120_000);

  describe.each(["webgl2", "webgpu"])("%s", (mode) => {
    const lostOf = (): LostGpu => found.lost.find((lost) => lost.mode === mode)!;
    const sentence =
      mode === "webgl2"
        ? "BackendError: gpu: the graphics context of webgl2 was lost, and what lay on the device with it; make a new backend with gpu(), and go on from the last checkpoint"
        : "BackendError: gpu: the device of webgpu was lost, and what lay on it with it; make a new backend with gpu(), and go on from the last checkpoint";

    test("reading, the next kernel and the next upload say so, and what to do", () => {
      const { read, next, upload } = lostOf();
      expect([read, next, upload]).toEqual([sentence, sentence, sentence]);
    });

    test("a new backend works", () => {
      expect(lostOf().anew).toBe(2);
    });

    test("fit breaks off with that, and goes on from its checkpoint on a new device, to the same losses", () => {
      const { broken, resumed, whole } = lostOf();
      expect(broken).toBe(sentence);
      expect(whole).toHaveLength(3);
      expect(whole[2]).toBeLessThan(whole[0]!);
      expect(resumed).toEqual(whole);
    });
  });
});
