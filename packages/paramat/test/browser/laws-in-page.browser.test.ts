import { backendLaws } from "@paramat/backends/laws";
import { beforeAll, expect, test } from "vitest";
import { inBrowser } from "./in-browser.js";
import { type LawOutcome, lawsInPage } from "./laws-in-page.js";
import { runInPage } from "./run-in-page.js";

inBrowser("the laws of backends in a page", () => {
  const found = { outcomes: [] as readonly LawOutcome[] };
  beforeAll(async () => {
    found.outcomes = await runInPage(lawsInPage, "laws-in-page.js");
  }, 120_000);

  const cases = ["cpu-float64", "cpu-float32"].flatMap((backend) => backendLaws.map(({ name }) => [backend, name] as const));
  test.each(cases)("%s: %s", (backend, name) => {
    const outcome = found.outcomes.find((o) => o.backend === backend && o.law === name);
    expect(outcome).toEqual({ backend, law: name, fault: null });
  });

  test("a planted fault is noticed", () => {
    const faults = found.outcomes.filter((o) => o.backend === "planted" && o.fault !== null);
    expect(faults.map((o) => o.law)).toContainEqual(expect.stringMatching(/^reduce/));
  });
});
