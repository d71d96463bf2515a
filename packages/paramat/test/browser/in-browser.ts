import { describe } from "vitest";
import { canSkip, noChromium } from "./chromium.js";

/** A group of tests that need a browser: skipped where there is none, which is said; in CI (CI=true) they fail there. */
export function inBrowser(name: string, body: () => void): void {
  if (canSkip) console.warn(`skipped: ${name}: ${noChromium}`);
  describe.skipIf(canSkip)(name, { timeout: 120_000 }, body);
}
