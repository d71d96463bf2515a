import { beforeAll, describe, expect, test } from "vitest";
import { type GpuSteps, gpuStepsInPage, STEPS } from "./gpu-steps-in-page.js";
import { inBrowser } from "./in-browser.js";
import { runInPage } from "./run-in-page.js";

inBrowser("ten thousand compiled steps on a GPU", () => {
  const found = { steps: [] as readonly GpuSteps[] };
  beforeAll(async () => {
    found.steps = await runInPage(gpuStepsInPage, "gpu-steps-in-page.js", { gpu: true, seconds: 200 });
    for (const { mode, seconds, held } of found.steps) {
      const { activity, memory } = held.at(-1)!;
      console.log(`${mode}: ${seconds.toFixed(1)} s; ${JSON.stringify(activity)}; ${JSON.stringify(memory)}`);
    }
  }, 220_000);

  describe.each(["webgl2", "webgpu"])("%s", (mode) => {
    const stepsOf = (): GpuSteps => found.steps.find((steps) => steps.mode === mode)!;

    test("hold what they held after two hundred: arrays, bytes, kernels, and textures and buffers of the browser", () => {
      const { held } = stepsOf();
      const [early, late] = [held.find(({ step }) => step === 200)!, held.at(-1)!];
      expect(late.step).toBe(STEPS);
      for (const what of ["buffers", "bytes", "kernels"] as const)
        expect([what, late.activity[what]]).toEqual([what, early.activity[what]]);
      expect(late.memory).toEqual(early.memory);
      expect(late.memory.textures + late.memory.buffers).toBeGreaterThan(0);
    });

    test("learn", () => {
      // Guessing costs log 3.
      expect(stepsOf().losses.at(-1)).toBeLessThan(0.2 * Math.log(3));
    });

    test("upload the batch and read the loss when it is asked for, and nothing else", () => {
      const { held } = stepsOf();
      const [early, late] = [held.find(({ step }) => step === 200)!.activity, held.at(-1)!.activity];
      const steps = STEPS - 200;
      expect(late.uploads - early.uploads).toBe(2 * steps);
      expect(late.reads - early.reads).toBe(steps / 10);
      expect((late.launches - early.launches) % steps).toBe(0);
    });
  });
});
