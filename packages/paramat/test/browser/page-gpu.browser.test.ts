import type { Page, Worker } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inBrowser } from "./in-browser.js";
import { choose, EASY_ACCURACY, easyTask, reach, shownAccuracy, type TrainingPage, trainingPage } from "./training-page.js";

inBrowser("the training page on the GPU", () => {
  const here = {} as { page: TrainingPage };
  beforeAll(async () => {
    here.page = await trainingPage({ gpu: true });
  }, 60_000);
  afterAll(() => here.page.close());

  test.each(["webgl2", "webgpu"])("trains on %s, loses it, and goes on from the last checkpoint", async (backend) => {
    const page = await here.page.open();
    await watchGpu(page);
    await choose(page, { ...easyTask, backend });
    await page.click("#start");
    await page.waitForFunction(() => Number.parseInt(document.querySelector("#at-epoch")!.textContent!, 10) >= 3, undefined, {
      timeout: 60_000,
    });
    await loseGpu(page);
    await page.waitForFunction(() => document.querySelector("#status")!.textContent!.includes("graphics card was lost"), undefined, {
      timeout: 30_000,
    });
    await reach(page, "finished", 100);
    expect(await shownAccuracy(page)).toBeGreaterThan(EASY_ACCURACY);
    expect(await page.locator("#at-device").textContent()).toContain(`gpu ${backend}`);
    // Counted anew since the device was opened again.
    expect(await page.locator("#at-activity").textContent()).toMatch(
      /^So far \d+ launches of \d+ kernels, \d+ uploads, \d+ reads; \d+ arrays, \d+\.\d MiB\.$/,
    );
    await page.close();
  });
});

inBrowser("the training page on the GPU, run after run", () => {
  test("holds no more contexts than in the first run: browsers have few of them", async () => {
    const here = await trainingPage({ gpu: true });
    const page = await here.open();
    await watchGpu(page);
    await choose(page, { ...easyTask, backend: "webgl2", examples: 64, epochs: 1 });
    const held: number[] = [];
    for (let run = 0; run < 3; run++) {
      // The end of the run before must not be taken for that of this one.
      await page.evaluate(() => {
        document.body.dataset["phase"] = "asked";
      });
      await page.click("#start");
      await reach(page, "finished", 60);
      held.push(await heldContexts(page));
    }
    expect(held[0]).toBeGreaterThan(0);
    expect(held.slice(1)).toEqual([held[0], held[0]]);
    await here.close();
  });
});

inBrowser("the training page without a GPU", () => {
  test("says so in a sentence with a remedy", async () => {
    const without = await trainingPage();
    const page = await without.open();
    await choose(page, { backend: "webgpu", examples: 300, epochs: 1 });
    await page.click("#start");
    await reach(page, "failed");
    expect(await page.locator("#problem").textContent()).toMatch(
      /^gpu: the mode webgpu cannot be used: .*wasm\(\) and cpu\(\) need no GPU$/,
    );
    await without.close();
  });
});

/** Takes note of the devices that the training worker opens. */
async function watchGpu(page: Page): Promise<void> {
  await (await worker(page)).evaluate(() => {
    const opened: { readonly lose: () => void; readonly isLost?: () => boolean }[] = [];
    const canvas = OffscreenCanvas.prototype as unknown as { getContext(...args: unknown[]): unknown };
    const { getContext } = canvas;
    canvas.getContext = function (...args) {
      const context = getContext.apply(this, args) as WebGL2RenderingContext | null;
      if (args[0] === "webgl2" && context) {
        opened.push({ lose: () => context.getExtension("WEBGL_lose_context")!.loseContext(), isLost: () => context.isContextLost() });
      }
      return context;
    };
    const adapter = (
      globalThis as unknown as { GPUAdapter: { prototype: { requestDevice(...args: unknown[]): Promise<{ destroy(): void }> } } }
    ).GPUAdapter.prototype;
    const { requestDevice } = adapter;
    adapter.requestDevice = async function (...args) {
      const device = await requestDevice.apply(this, args);
      opened.push({ lose: () => device.destroy() });
      return device;
    };
    Object.assign(globalThis, { opened });
  });
}

async function loseGpu(page: Page): Promise<void> {
  await (await worker(page)).evaluate(() => (globalThis as unknown as { opened: { lose: () => void }[] }).opened.at(-1)!.lose());
}

/** Contexts of WebGL that the training has open. */
async function heldContexts(page: Page): Promise<number> {
  return (await worker(page)).evaluate(
    () => (globalThis as unknown as { opened: { isLost?: () => boolean }[] }).opened.filter(({ isLost }) => isLost && !isLost()).length,
  );
}

async function worker(page: Page): Promise<Worker> {
  const trains = (one: Worker) => one.url().includes("training-worker");
  return page.workers().find(trains) ?? page.waitForEvent("worker", trains);
}
