import { expect, test } from "vitest";
import { detectFeatures, relaxedSimdIsOn } from "../../src/wasm/features.js";

test("Node has SIMD and shared memory", () => {
  expect(detectFeatures()).toMatchObject({ simd: true, threads: true });
});

test("relaxed SIMD is what the engine says of a fused product and sum", () => {
  // (module (func (param v128 v128 v128) (result v128) local.get 0 local.get 1 local.get 2 f32x4.relaxed_madd))
  const module = [
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    [1, 8, 1, 0x60, 3, 0x7b, 0x7b, 0x7b, 1, 0x7b],
    [3, 2, 1, 0],
    [10, 13, 1, 11, 0, 0x20, 0, 0x20, 1, 0x20, 2, 0xfd, 0x85, 2, 0x0b],
  ];
  expect(relaxedSimdIsOn()).toBe(WebAssembly.validate(Uint8Array.from(module.flat())));
});
