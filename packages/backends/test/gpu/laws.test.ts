import { describe, test } from "vitest";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { backendLaws } from "../../src/laws.js";
import { reckonedDriver } from "./reckoned-driver.js";

describe("the sources of GPU kernels, reckoned without a GPU", () => {
  const backend = gpuBackend(reckonedDriver());
  test.each(backendLaws.map(({ name, check }) => [name, check] as const))("%s", async (name, check) => {
    // Large products take JavaScript long, and differ little from one another.
    await check(backend, { numRuns: name.includes("past every block") ? 1 : 10 });
  });
});
