import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { inBrowser } from "./in-browser.js";
import { choose, drawStroke, EASY_ACCURACY, easyTask, reach, shownAccuracy, type TrainingPage, trainingPage } from "./training-page.js";

inBrowser("the training page", () => {
  const here = {} as { page: TrainingPage };
  beforeAll(async () => {
    here.page = await trainingPage();
  }, 60_000);
  afterAll(async () => {
    await here.page.close();
    expect(here.page.problems).toEqual([]);
  });

  test.each([
    { backend: "cpu", family: "convolution", on: "cpu-float32", settings: easyTask, least: EASY_ACCURACY },
    { backend: "wasm", family: "convolution", on: "wasm-float32, 1 thread", settings: easyTask, least: EASY_ACCURACY },
    { backend: "wasm", family: "toeplitz", on: "wasm-float32, 2 threads", settings: { threads: 2, epochs: 12 }, least: 70 },
  ])("trains $family on $backend ($on), and the page keeps its turns", async ({ backend, family, on, settings, least }) => {
    const page = await here.page.open();
    await choose(page, { backend, family, examples: 2000, ...settings });
    await page.evaluate(() => {
      const seen = { began: performance.now(), last: performance.now(), longest: 0 };
      const turn = (): void => {
        seen.longest = Math.max(seen.longest, performance.now() - seen.last);
        seen.last = performance.now();
        setTimeout(turn, 10);
      };
      turn();
      Object.assign(globalThis, { turns: seen });
    });
    await page.click("#start");
    await reach(page, "finished");
    expect(await shownAccuracy(page)).toBeGreaterThan(least);
    expect(await page.locator("#at-device").textContent()).toContain(on);
    expect(await page.locator("#status").textContent()).toMatch(/^Finished after \d+ epochs; test accuracy \d+\.\d %\.$/);
    // Relative to the whole, since machines differ and may be busy: a page that trained itself would have no turn between begin and end.
    const { began, last, longest } = await page.evaluate(() => (globalThis as unknown as { turns: Turns }).turns);
    expect(longest).toBeLessThan((last - began) / 4);
    for (const name of ["loss", "accuracy", "stencils", "eigenvalues", "weights"]) {
      await page.locator(`[data-picture=${name}] svg`).waitFor({ timeout: 20_000 });
    }
    await page.close();
  });

  test("a drawn digit is classified, while the training is paused too, and a test image is", async () => {
    const page = await here.page.open();
    await choose(page, { epochs: 12 });
    await page.click("#start");
    await reach(page, "finished");
    const verdict = page.locator("#verdict");
    const looksLike = async (digit: string) => {
      await page.waitForFunction((text) => document.querySelector("#verdict")!.textContent!.includes(text), `like a ${digit}.`, {
        timeout: 5000,
      });
      await page.click("#clear");
      expect(await verdict.textContent()).toBe("Draw a digit, or take a test image.");
    };
    await drawStroke(page, seven);
    await looksLike("7");
    await drawStroke(page, one);
    await looksLike("1");
    await drawStroke(page, zero);
    await looksLike("0");
    await page.click("#example");
    await page.waitForFunction(() => /and it is one|it is a \d/.test(document.querySelector("#verdict")!.textContent!));
    expect(await page.locator("#bars li[data-is-largest=true]").count()).toBe(1);

    await choose(page, { epochs: 10_000 });
    await page.click("#clear");
    await page.click("#start");
    await page.waitForFunction(() => Number.parseInt(document.querySelector("#at-epoch")!.textContent!, 10) >= 6, undefined, {
      timeout: 30_000,
    });
    await drawStroke(page, seven);
    await page.waitForFunction(() => document.querySelector("#verdict")!.textContent!.includes("like a 7."));
    await page.click("#pause");
    await reach(page, "paused");
    await page.click("#clear");
    await drawStroke(page, zero);
    await looksLike("0");
    const before = await epochOf(page);
    await page.click("#pause");
    await page.waitForFunction((epoch) => Number.parseInt(document.querySelector("#at-epoch")!.textContent!, 10) > epoch, before);
    await page.close();
  });

  test("everything goes by the keyboard alone, with the focus to be seen", async () => {
    const page = await here.page.open();
    const focused = () => page.evaluate(() => document.activeElement!.id);
    const tabTo = async (id: string) => {
      for (let i = 0; i < 40 && (await focused()) !== id; i++) {
        await page.keyboard.press("Tab");
        const outline = await page.evaluate(() => {
          const at = document.activeElement!;
          return [at, at.parentElement!].map((node) => getComputedStyle(node).outlineStyle);
        });
        expect(outline).toContain("solid");
      }
      expect(await focused()).toBe(id);
    };
    await tabTo("family");
    await page.keyboard.type("diagonal");
    await tabTo("epochs");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("3");
    await tabTo("start");
    await page.keyboard.press("Enter");
    await reach(page, "finished");
    expect(await page.locator("#at-model").textContent()).toContain("diagonal → tanh → W");
    await tabTo("pad");
    await page.keyboard.press("Space");
    for (let i = 0; i < 12; i++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Space");
    await page.waitForFunction(() => document.querySelector("#verdict")!.textContent!.startsWith("This looks like a "));
    await tabTo("example");
    await page.keyboard.press("Space");
    await page.waitForFunction(() => /and it is one|it is a \d/.test(document.querySelector("#verdict")!.textContent!));
    await page.close();
  });
});

interface Turns {
  readonly began: number;
  readonly last: number;
  readonly longest: number;
}

const seven = [
  [0.3, 0.25],
  [0.7, 0.25],
  [0.45, 0.8],
] as const;

const one = [
  [0.38, 0.35],
  [0.52, 0.2],
  [0.52, 0.8],
] as const;

const zero = Array.from(
  { length: 25 },
  (_, i) => [0.5 - 0.2 * Math.sin((i * Math.PI) / 12), 0.5 - 0.32 * Math.cos((i * Math.PI) / 12)] as const,
);

async function epochOf(page: Page): Promise<number> {
  return Number.parseInt((await page.locator("#at-epoch").textContent())!, 10);
}
