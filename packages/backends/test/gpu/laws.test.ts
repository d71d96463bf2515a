import { describe, test, vi } from "vitest";
import type { Driver } from "../../src/gpu/driver.js";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { backendLaws } from "../../src/laws.js";
import { checkingKeys } from "./checking-keys.js";
import { reckonedDriver } from "./reckoned-driver.js";

// On the way, all that the laws draw is launched under keys that say which code is meant.
vi.mock("../../src/gpu/engine.js", async (original) => {
  const actual = await original<typeof import("../../src/gpu/engine.js")>();
  const createEngine = (driver: Driver): ReturnType<typeof actual.createEngine> => {
    const engine = actual.createEngine(driver);
    return { ...engine, device: checkingKeys(engine.device) };
  };
  return { ...actual, createEngine };
});

describe("the sources of GPU kernels, reckoned without a GPU", () => {
  const backend = gpuBackend(reckonedDriver());
  test.each(backendLaws.map(({ name, check }) => [name, check] as const))("%s", async (name, check) => {
    // Large products take JavaScript long, and differ little from one another.
    await check(backend, { numRuns: name.includes("past every block") ? 1 : 10 });
  });
});
