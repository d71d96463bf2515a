import { beforeAll, describe, expect, test } from "vitest";
import { inBrowser } from "./in-browser.js";
import { runInPage } from "./run-in-page.js";
import { type TrainedOnGpu, trainOnCpu, trainOnGpu } from "./train-on-gpu.js";

inBrowser("training on a GPU", () => {
  const found = { inPage: [] as readonly TrainedOnGpu[], inWorker: [] as readonly TrainedOnGpu[], onCpu: [] as readonly number[] };
  beforeAll(async () => {
    found.inPage = await runInPage(trainOnGpu, "train-on-gpu.js", { gpu: true });
    found.inWorker = await runInPage(trainOnGpu, "train-on-gpu.js", { gpu: true, inWorker: true });
    found.onCpu = (await trainOnCpu()).losses;
    for (const { executedOn, launches, activity } of found.inPage) {
      console.log(`${executedOn}: ${launches.compiled} launches in a compiled step, ${launches.eager} in an eager one; ${activity}`);
    }
  }, 240_000);

  describe.each([
    ["webgl2", 0],
    ["webgpu", 1],
  ] as const)("%s", (mode, at) => {
    test("learns, in a page and in a worker, and says what it ran on", () => {
      for (const trained of [found.inPage[at]!, found.inWorker[at]!]) {
        expect(trained.executedOn).toMatch(new RegExp(`^gpu ${mode} on .*swiftshader`, "i"));
        expect(trained.accuracy).toBeGreaterThan(0.8);
      }
      expect(found.inWorker[at]!.losses).toEqual(found.inPage[at]!.losses);
    });

    test("with the losses of float64 on the CPU, as far as float32 goes", () => {
      const { losses } = found.inPage[at]!;
      expect(losses).toHaveLength(found.onCpu.length);
      // Roundings grow from step to step; the tolerance is wide against one step's and narrow against a wrong gradient's.
      losses.forEach((loss, step) => expect(Math.abs(loss - found.onCpu[step]!)).toBeLessThan(1e-5 * (step + 1)));
    });

    test("a compiled step uploads images and classes, reads one number, and launches fewer kernels than its ops by themselves", () => {
      const { uploads, reads, launches } = found.inPage[at]!;
      expect([uploads, reads]).toEqual([2, 1]);
      expect(launches.compiled).toBeGreaterThan(0);
      expect(launches.compiled).toBeLessThan(0.85 * launches.eager);
    });
  });
});
