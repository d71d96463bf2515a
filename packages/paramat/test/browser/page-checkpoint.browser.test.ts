import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  activation,
  cpu,
  dense,
  doublySymmetricConvolution,
  generateDigits,
  gzip,
  maxPooling,
  type NetworkParams,
  ndarray,
  network,
  parametric,
  softmax,
  tanh,
  wasm,
  writeIdx,
} from "paramat";
import { loadCheckpoint } from "paramat/node";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inBrowser } from "./in-browser.js";
import { choose, reach, type TrainingPage, trainingPage } from "./training-page.js";

inBrowser("checkpoints of the training page", () => {
  const here = {} as { page: TrainingPage; folder: string };
  beforeAll(async () => {
    here.page = await trainingPage();
    here.folder = await mkdtemp(join(tmpdir(), "page-"));
  }, 60_000);
  afterAll(async () => {
    await here.page.close();
    await rm(here.folder, { recursive: true });
    expect(here.page.problems).toEqual([]);
  });

  /** @returns the file that the page has saved */
  const save = async (page: Page, name: string): Promise<string> => {
    const [saved] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
    expect(saved.suggestedFilename()).toMatch(/\.paramat$/);
    const file = join(here.folder, name);
    await saved.saveAs(file);
    return file;
  };

  test("one crosses to Node with equal predictions, and another page goes on from it", async () => {
    const page = await here.page.open();
    await choose(page, { family: "doublySymmetric", channels: 2, examples: 1000, epochs: 10_000 });
    await page.click("#start");
    await page.waitForFunction(() => Number.parseInt(document.querySelector("#at-epoch")!.textContent!, 10) >= 3, undefined, {
      timeout: 30_000,
    });
    await page.click("#pause");
    await reach(page, "paused");
    const file = await save(page, "paused.paramat");
    await page.click("#example");
    await page.waitForFunction(() => document.querySelector("#bars li[data-is-largest=true]") !== null);
    const shown = await page.locator("#bars .value").allTextContents();

    const { params, meta } = await loadCheckpoint(file, cpu("float32"));
    expect(meta).toMatchObject({ family: "doublySymmetric", channels: 2, width: 5, boundary: "periodic", size: 12, seed: 1, halve: false });
    const { test: images, shape } = generateDigits({ train: 0, test: 500, size: 12, seed: 1 });
    const K = parametric("K", (inShape) => doublySymmetricConvolution(inShape, { channels: 2, kernel: 5, boundary: "periodic" }));
    const net = network([K, activation(tanh, "tanh"), maxPooling({ window: 2 }), dense(10)], { inShape: shape });
    const predicted = (backend: ReturnType<typeof cpu>, tree: typeof params) => {
      const pixels = ndarray(backend, images.images.subarray(0, 144), [1, ...shape]);
      return softmax(net.forward(tree as NetworkParams, pixels)).toArray();
    };
    const inNode = Array.from(predicted(cpu("float32"), params), (p) => `${(100 * p).toFixed(1)} %`);
    expect(inNode).toEqual(shown);
    const onWasm = predicted(wasm(), (await loadCheckpoint(file, wasm())).params);
    predicted(cpu("float32"), params).forEach((p, i) => expect(onWasm[i]).toBeCloseTo(p, 5));

    const other = await here.page.open();
    await other.setInputFiles("#checkpoint", file);
    await reach(other, "training");
    expect(await other.locator("#family").inputValue()).toBe("doublySymmetric");
    await other.waitForFunction(() => Number.parseInt(document.querySelector("#at-epoch")!.textContent!, 10) >= 4, undefined, {
      timeout: 30_000,
    });
    await other.close();
    await page.close();
  });

  test("a file that is none is refused in a sentence with a remedy; so are files that are no images, and a pair that is one is trained on", async () => {
    const page = await here.page.open();
    const problem = async () => {
      await reach(page, "failed");
      return page.locator("#problem").textContent();
    };
    const garbage = join(here.folder, "photo.png");
    await writeFile(garbage, "not a checkpoint");
    await page.setInputFiles("#checkpoint", garbage);
    expect(await problem()).toContain("photo.png is not a checkpoint: its first line is not");
    await page.selectOption("#data", "files");
    await page.setInputFiles("#files", [garbage, garbage]);
    await page.waitForFunction(() => document.querySelector("#problem")!.textContent!.includes("photo.png is not an IDX file"));

    const { images, labels } = generateDigits({ train: 600, test: 0, size: 10 }).train;
    const [imageFile, labelFile] = [join(here.folder, "images.gz"), join(here.folder, "labels")];
    await writeFile(
      imageFile,
      await gzip(writeIdx({ shape: [600, 10, 10], data: Uint8Array.from(images, (ink) => Math.round(255 * ink)) })),
    );
    await writeFile(labelFile, writeIdx({ shape: [600], data: labels }));
    await choose(page, { epochs: 3 });
    await page.setInputFiles("#files", [imageFile, labelFile]);
    await page.locator("body[data-phase=finished]").waitFor({ timeout: 30_000 });
    expect(await page.locator("#at-model").textContent()).toContain("500 training images, 100 for the test");
    await page.close();
  });
});
