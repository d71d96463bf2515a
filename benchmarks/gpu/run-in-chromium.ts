import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { chromiumFlags } from "./chromium-flags.js";
import type { Options } from "./options.js";
import type { News, Plan } from "./plan.js";
import { servePage } from "./serve-page.js";

/**
 * Carries out a plan in a page of Chromium.
 * @param heard is told what the page tells, as it comes, with the browser's version
 * @throws RangeError if there is no Chromium; Error if the page fails, or tells nothing for a quarter of an hour
 */
export async function runInChromium(plan: Plan, options: Options, heard: (news: News, version: string) => void): Promise<void> {
  const { chromium: executablePath, headed } = options;
  if (!existsSync(executablePath)) {
    throw new RangeError(`bench:gpu: there is no ${executablePath}; name a Chromium or Chrome with --chromium PATH, or in CHROMIUM`);
  }
  const server = await servePage(
    `import { measureInPage } from "./page.ts"; measureInPage(${JSON.stringify(plan)}, (news) => globalThis.tellNews(news));`,
  );
  const { args, without } = chromiumFlags(options, process.platform);
  const browser = await chromium
    .launch({ executablePath, headless: !headed, chromiumSandbox: false, args: [...args], ignoreDefaultArgs: [...without] })
    .catch(async (cause: unknown) => {
      await server.close();
      throw cause;
    });
  try {
    const page = await browser.newPage();
    const silence: { timer?: NodeJS.Timeout } = {};
    await new Promise<void>((done, fail) => {
      silence.timer = setTimeout(() => fail(new Error("bench:gpu: the page has told nothing for 15 minutes")), 15 * 60_000);
      page.once("pageerror", fail);
      page.once("crash", () => fail(new Error("bench:gpu: the page crashed")));
      browser.once("disconnected", () => fail(new Error("bench:gpu: the browser ended")));
      const tell = (news: News): void => {
        silence.timer?.refresh();
        if (news.kind === "failed") fail(new Error(`bench:gpu: ${news.error}`));
        else if (news.kind === "done") done();
        else heard(news, browser.version());
      };
      page
        .exposeFunction("tellNews", tell)
        .then(() => page.goto(server.address))
        .catch(fail);
    }).finally(() => clearTimeout(silence.timer));
  } finally {
    await browser.close();
    await server.close();
  }
}
