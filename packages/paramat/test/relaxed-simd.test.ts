import { wasm, wasmFeatures } from "@paramat/backends/wasm";
import { expect, test } from "vitest";
import { enableRelaxedSimd } from "../src/relaxed-simd.js";

test("backends that are made after have it, those made before stay as they are, and a second call changes nothing", () => {
  const hadIt = wasmFeatures().relaxedSimd;
  const before = wasm();
  expect(before.executedOn.endsWith(", relaxed SIMD")).toBe(hadIt);
  expect(enableRelaxedSimd()).toBe(true);
  expect(wasmFeatures().relaxedSimd).toBe(true);
  expect(enableRelaxedSimd()).toBe(true);
  const after = wasm();
  expect(after.executedOn).toBe("wasm-float32, 1 thread, relaxed SIMD");
  expect(after === before).toBe(hadIt);
  expect(before.executedOn.endsWith(", relaxed SIMD")).toBe(hadIt);
});
