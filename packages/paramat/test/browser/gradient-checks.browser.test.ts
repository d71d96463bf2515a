import { expect, test } from "vitest";
import { gradientChecks } from "./gradient-checks.js";
import { inBrowser } from "./in-browser.js";
import { runInPage } from "./run-in-page.js";

inBrowser("gradient checks in a page", () => {
  test("right derivatives pass, a wrong one is found", async () => {
    const checks = await runInPage(gradientChecks, "gradient-checks.js");
    expect(checks).toHaveLength(5);
    for (const { name, ok, report } of checks) expect(ok, `${name}\n${report}`).toBe(name !== "a wrong rule");
    expect(checks.at(-1)?.report).toContain("worst entries:");
  });
});
