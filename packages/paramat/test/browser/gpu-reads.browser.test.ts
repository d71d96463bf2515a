import { beforeAll, describe, expect, test } from "vitest";
import { type GpuReads, gpuReadsInPage } from "./gpu-reads-in-page.js";
import { inBrowser } from "./in-browser.js";
import { runInPage } from "./run-in-page.js";

inBrowser("reading from a GPU while other things go on", () => {
  const found = { reads: [] as readonly GpuReads[] };
  beforeAll(async () => {
    found.reads = await runInPage(gpuReadsInPage, "gpu-reads-in-page.js", { gpu: true });
  }, 120_000);

  describe.each(["webgl2", "webgpu"])("%s", (mode) => {
    const readsOf = (): GpuReads => found.reads.find((reads) => reads.mode === mode)!;

    test("a read is not lost when its array is freed and its kernel forgotten", () => {
      expect(readsOf().forgotten).toBe("42");
    });

    test("many at once come with their own numbers, though their memory is written again", () => {
      expect(readsOf().wrong).toBe(0);
    });

    test("one that waits while the backend is destroyed says so", () => {
      expect(readsOf().destroyed).toMatch(new RegExp(`^BackendError: gpu: this backend of ${mode} was destroyed; make a new backend`));
    });
  });
});
