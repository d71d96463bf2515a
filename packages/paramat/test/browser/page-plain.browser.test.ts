import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { launchChromium } from "./chromium.js";
import { inBrowser } from "./in-browser.js";

const folder = join(import.meta.dirname, "../../../../examples/plain-page");

inBrowser("the plain page", () => {
  test("learns K(θ) from a module script and the one built file", async () => {
    await promisify(execFile)(process.execPath, ["--import", "tsx", join(folder, "build.ts")]);
    const browser = await launchChromium();
    const page = await browser.newPage();
    await page.route("http://plain.test/**", async (route) => {
      const { pathname } = new URL(route.request().url());
      const name = pathname === "/" ? "index.html" : pathname.slice(1);
      await route.fulfill({
        body: await readFile(join(folder, name)),
        contentType: name.endsWith(".js") ? "text/javascript" : "text/html",
      });
    });
    await page.goto("http://plain.test/");
    await page.waitForFunction(() => document.querySelector("#output")!.textContent!.includes("θ*"), undefined, { timeout: 20_000 });
    const [truth, found] = (await page.locator("#output").textContent())!
      .split("\n")
      .map((line) => line.slice(2).trim().split(/\s+/).map(Number));
    expect(truth).toEqual([4, -1, 0, 0, 0, 0, 0, -1]);
    found!.forEach((value, i) => expect(value).toBeCloseTo(truth![i]!, 3));
    await browser.close();
  });
});
