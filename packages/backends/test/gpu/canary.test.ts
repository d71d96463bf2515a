import { describe, expect, test } from "vitest";
import type { Shape, View } from "../../src/backend.js";
import type { Expr } from "../../src/expr.js";
import { canary } from "../../src/gpu/canary.js";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { plantedDrivers } from "./planted-drivers.js";
import { reckonedDriver } from "./reckoned-driver.js";

describe("the canary", () => {
  test("finds nothing on a device that is right, and leaves nothing there", async () => {
    const driver = reckonedDriver();
    const backend = gpuBackend(driver);
    expect(await canary(backend, driver)).toBeUndefined();
    expect(backend.activity().buffers).toBe(0);
  });

  test.each(plantedDrivers)("notices $name", async ({ driver, says }) => {
    const planted = driver();
    expect(await canary(gpuBackend(planted), planted)).toMatch(says);
  });

  test.each([
    ["exp", "sigmoid", /this device computes exp wrongly: it gives \[0\.5/],
    ["sin", "tanh", /this device computes sin wrongly/],
    ["ne", "lt", /this device takes NaN for a number: it gives \[0, 0, 0, 0\] in place of \[1, 0, 0, 7\]/],
  ] as const)("notices a compiler that makes of %s something else", async (op, other, says) => {
    const driver = reckonedDriver();
    const sound = gpuBackend(driver);
    const changed = (f: Expr): Expr => (f.kind === "call" ? { ...f, op: f.op === op ? other : f.op, args: f.args.map(changed) } : f);
    const planted = { ...sound, map: (f: Expr, ...rest: readonly [Shape, readonly View[]]) => sound.map(changed(f), ...rest) };
    expect(await canary(planted, driver)).toMatch(says);
  });

  test("notices a kernel of the backend that is wrong", async () => {
    const driver = reckonedDriver();
    const sound = gpuBackend(driver);
    const flipped = {
      ...sound,
      convolve: (...[, geometry, theta, y]: Parameters<typeof sound.convolve>) =>
        sound.convolve("apply", geometry, theta, sound.map({ kind: "input", index: 0 }, [18], [{ buffer: y, offset: 17, strides: [-1] }])),
    };
    expect(await canary(flipped, driver)).toMatch(/this device convolves wrongly: it gives \[1[0-9, ]+\] in place of \[43, 53,/);
  });
});
