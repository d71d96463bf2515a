import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { build, type PreviewServer, preview } from "vite";
import { launchChromium } from "./chromium.js";

const root = join(import.meta.dirname, "../../../../examples/browser");

/** The training page of `examples/browser`, built as a visitor gets it, in Chromium. */
export interface TrainingPage {
  /** A new page, loaded; what it throws or logs as an error is in `problems`. */
  open(options?: { readonly dark?: boolean; readonly width?: number }): Promise<Page>;
  readonly problems: readonly string[];
  close(): Promise<void>;
}

/** @param gpu with WebGL 2 and WebGPU, which processors compute */
export async function trainingPage({ gpu = false } = {}): Promise<TrainingPage> {
  const configFile = join(root, "vite.config.ts");
  await build({ root, configFile, logLevel: "error" });
  const server: PreviewServer = await preview({ root, configFile, logLevel: "error", preview: { port: 0, host: "127.0.0.1" } });
  const browser: Browser = await launchChromium(gpu);
  const problems: string[] = [];
  return {
    problems,
    async open({ dark = false, width = 1280 } = {}) {
      const page = await browser.newPage({ colorScheme: dark ? "dark" : "light", viewport: { width, height: 900 }, acceptDownloads: true });
      page.on("pageerror", ({ message }) => problems.push(message));
      page.on("console", (line) => line.type() === "error" && problems.push(line.text()));
      await page.goto(server.resolvedUrls!.local[0]!);
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** A task that every backend learns in sixty steps, to test accuracies of 86 % and more. */
export const easyTask = { size: 16, examples: 1000, channels: 4, width: 5, learningRate: 0.03, batchSize: 50, epochs: 3 } as const;

/** In per cent; guessing gives 10. */
export const EASY_ACCURACY = 80;

/** Fills in the form, control by control. */
export async function choose(page: Page, settings: Readonly<Record<string, string | number>>): Promise<void> {
  for (const [name, value] of Object.entries(settings)) {
    const control = page.locator(`#${name}`);
    if ((await control.evaluate((node) => node.tagName)) === "SELECT") await control.selectOption(String(value));
    else await control.fill(String(value));
  }
}

/** Waits until the training is in that phase, or has failed. @throws Error with what the page says, if it failed */
export async function reach(page: Page, phase: string, seconds = 60): Promise<void> {
  await page.locator(`body[data-phase=${phase}], body[data-phase=failed]`).waitFor({ timeout: 1000 * seconds });
  if (phase !== "failed" && (await page.locator("body").getAttribute("data-phase")) === "failed") {
    throw new Error(`the page failed: ${await page.locator("#problem").textContent()}`);
  }
}

/** In per cent. */
export async function shownAccuracy(page: Page): Promise<number> {
  return Number.parseFloat((await page.locator("#at-accuracy").textContent())!);
}

/** Draws with the mouse; points from (0, 0) to (1, 1) over the drawing area. */
export async function drawStroke(page: Page, points: readonly (readonly [number, number])[]): Promise<void> {
  await page.locator("#pad").scrollIntoViewIfNeeded();
  const { x, y, width, height } = (await page.locator("#pad").boundingBox())!;
  const [first, ...rest] = points.map(([u, v]) => [x + u * width, y + v * height] as const);
  await page.mouse.move(...first!);
  await page.mouse.down();
  for (const point of rest) await page.mouse.move(...point, { steps: 6 });
  await page.mouse.up();
}
