import { beforeAll, expect, test } from "vitest";
import { gpuParityInPage, type ParityReport } from "./gpu-parity-in-page.js";
import { inBrowser } from "./in-browser.js";
import { runInPage } from "./run-in-page.js";

inBrowser("what a GPU computes beside float64 on the CPU", () => {
  const found = { report: { executedOn: [], rows: [] } as ParityReport };
  beforeAll(async () => {
    found.report = await runInPage(gpuParityInPage, "gpu-parity-in-page.js", { gpu: true });
  }, 120_000);

  test("differs by roundings of float32, for every kernel and a step of LeNet", () => {
    const far = found.report.rows.filter(({ webgl2, webgpu }) => !(Math.max(webgl2, webgpu) < 1e-5));
    expect(found.report.rows.length).toBeGreaterThan(20);
    expect(far).toEqual([]);
  });

  test("and what only moves numbers differs not at all, beyond what float32 lost in the upload", () => {
    const moved = found.report.rows.filter(({ what }) => /^(gather|reduce (max|min|argmax)|argmaxWindows)$/.test(what));
    expect(moved.map(({ webgl2, webgpu }) => [webgl2, webgpu])).toEqual(moved.map(() => [0, 0]));
    expect(moved).toHaveLength(5);
  });
});
