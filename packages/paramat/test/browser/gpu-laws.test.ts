import { backendLaws } from "@paramat/backends/laws";
import { beforeAll, expect, test } from "vitest";
import { type GpuLaws, gpuLawsInPage } from "./gpu-laws-in-page.js";
import { inBrowser } from "./in-browser.js";
import { runInPage } from "./run-in-page.js";

inBrowser("the laws of backends on a GPU in a page", () => {
  const found = { laws: [] as readonly GpuLaws[] };
  beforeAll(async () => {
    found.laws = await runInPage(gpuLawsInPage, "gpu-laws-in-page.js", { gpu: true, seconds: 230 });
    for (const { executedOn, seconds, activity } of found.laws) console.log(`${executedOn}: ${seconds.toFixed(0)} s, ${activity}`);
  }, 240_000);

  const cases = ["gpu-webgl2", "gpu-webgpu"].flatMap((backend) => backendLaws.map(({ name }) => [backend, name] as const));
  test.each(cases)("%s: %s", (backend, name) => {
    const outcome = found.laws.flatMap(({ outcomes }) => outcomes).find((o) => o.backend === backend && o.law === name);
    expect(outcome).toEqual({ backend, law: name, fault: null });
  });

  test("says what the kernels ran on", () => {
    expect(found.laws.map(({ executedOn }) => executedOn)).toEqual([
      expect.stringMatching(/^gpu webgl2 on ANGLE .*SwiftShader/),
      expect.stringMatching(/^gpu webgpu on .*swiftshader/),
    ]);
  });

  test.each(["planted-webgl2", "planted-webgpu"])("a fault is noticed: %s", (backend) => {
    const faults = found.laws.flatMap(({ outcomes }) => outcomes).filter((o) => o.backend === backend && o.fault !== null);
    expect(faults.map((o) => o.law)).toContainEqual(expect.stringMatching(/^reduce/));
  });
});
