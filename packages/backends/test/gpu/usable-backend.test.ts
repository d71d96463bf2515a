import { describe, expect, test } from "vitest";
import { BackendError } from "../../src/errors.js";
import type { Driver } from "../../src/gpu/driver.js";
import { usableBackend } from "../../src/gpu/usable-backend.js";
import { plantedDrivers } from "./planted-drivers.js";
import { reckonedDriver } from "./reckoned-driver.js";

describe("usableBackend", () => {
  const planted = plantedDrivers[0]!;
  const ended: string[] = [];
  const faulty = async (mode: string): Promise<Driver> => ({ ...planted.driver(), destroy: async () => void ended.push(mode) });

  test("is on the first device that computes right; those refused are ended", async () => {
    ended.length = 0;
    const backend = await usableBackend(["webgpu", "webgl2"], async (mode) =>
      mode === "webgpu" ? faulty(mode) : { ...reckonedDriver(), mode },
    );
    expect(backend.name).toBe("gpu-webgl2");
    expect(ended).toEqual(["webgpu"]);
  });

  test("a mode that was asked for by name is not replaced by another", async () => {
    const refused = usableBackend(["webgpu"], faulty);
    await expect(refused).rejects.toThrow(BackendError);
    await expect(refused).rejects.toThrow(
      "gpu: the mode webgpu cannot be used: this device cuts loops short: it gives [1000] in place of [3000]. wasm() and cpu() need no GPU",
    );
  });

  test("says of each mode why it cannot be used", async () => {
    const refused = usableBackend(["webgpu", "webgl2"], async (mode) => {
      if (mode === "webgpu") throw new BackendError("there is none");
      return faulty(mode);
    });
    await expect(refused).rejects.toThrow(
      /^gpu: no GPU can be used here\. webgpu: there is none\. webgl2: this device cuts loops short: .*\. wasm\(\) and cpu\(\) need no GPU$/,
    );
  });
});
