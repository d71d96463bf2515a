import { beforeAll, expect, test } from "vitest";
import { type FormulasReport, gpuFormulasInPage } from "./gpu-formulas-in-page.js";
import { inBrowser } from "./in-browser.js";
import { runInPage } from "./run-in-page.js";

inBrowser("formulas on a GPU", () => {
  const found = { report: { worst: [], constants: [] } as FormulasReport };
  beforeAll(async () => {
    found.report = await runInPage(gpuFormulasInPage, "gpu-formulas-in-page.js", { gpu: true });
  }, 120_000);

  test("every scalar operation is within 4 units of the last place", () => {
    expect(found.report.worst.length).toBeGreaterThan(60);
    expect(found.report.worst.filter(({ ulps }) => !(ulps <= 4))).toEqual([]);
  });

  test("constants arrive in every bit", () => {
    expect(found.report.constants).toEqual([]);
  });
});
