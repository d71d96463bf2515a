import { setFlagsFromString } from "node:v8";
import { wasmFeatures } from "@paramat/backends/wasm";

/**
 * Lets WASM backends that are made from now on add products in one rounding and one instruction, in a Node that has relaxed SIMD behind a flag (20 and
 * 21; newer ones have it on). It is a flag of V8 for the whole process, so a library must not set it; a program may, at its start.
 * @returns whether relaxed SIMD is on now
 */
export function enableRelaxedSimd(): boolean {
  if (!wasmFeatures().relaxedSimd) setFlagsFromString("--experimental-wasm-relaxed-simd");
  return wasmFeatures().relaxedSimd;
}
