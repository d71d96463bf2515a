import { describe, test } from "vitest";
import type { Backend } from "../../src/backend.js";
import type { Driver } from "../../src/gpu/driver.js";
import { createEngine } from "../../src/gpu/engine.js";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { lowerings } from "../../src/gpu/lowerings.js";
import { backendLaws } from "../../src/laws.js";
import { checkingKeys } from "./checking-keys.js";
import { reckonedDriver } from "./reckoned-driver.js";

/** What `gpuBackend` makes of a driver, with launches whose keys are checked. */
function checkedBackend(driver: Driver): Backend {
  const { device, buffers, upload, uploadIndex, read, readSync } = createEngine(driver);
  const kernels = lowerings(checkingKeys(device)) as unknown as Backend;
  return { ...gpuBackend(driver), ...kernels, upload, uploadIndex, read, readSync: readSync!, scope: (body) => buffers.scope(body) };
}

describe("the sources of GPU kernels, reckoned without a GPU", () => {
  const backend = checkedBackend(reckonedDriver());
  test.each(backendLaws.map(({ name, check }) => [name, check] as const))("%s", async (name, check) => {
    // Large products take JavaScript long, and differ little from one another.
    await check(backend, { numRuns: name.includes("past every block") ? 1 : 10 });
  });
});
