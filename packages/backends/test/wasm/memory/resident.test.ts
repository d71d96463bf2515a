import { afterEach, expect, test, vi } from "vitest";
import { createHeap } from "../../../src/wasm/memory/heap.js";
import { resident } from "../../../src/wasm/memory/resident.js";
import { stubFinalization } from "../../buffers/finalization.js";

afterEach(() => {
  vi.unstubAllGlobals();
});

test("bytes lie in memory once, for as long as their owner lives", () => {
  const finalization = stubFinalization();
  const heap = createHeap(2 ** 20, false);
  const constants = resident(heap);
  const kept = Int32Array.of(0, 5, 6, 7).subarray(1);
  const address = constants.address(kept, kept);
  expect([...heap.views().i32.subarray(address / 4, address / 4 + 3)]).toEqual([5, 6, 7]);
  expect(constants.address(kept, kept)).toBe(address);
  expect(constants.address({}, Uint8Array.of(1, 2, 3))).not.toBe(address);
  for (let i = 0; i < 20; i++) constants.address({}, new Uint8Array(100));
  expect(heap.inUse()).toBeGreaterThan(20 * 100);
  finalization.collect((owner) => owner !== kept);
  expect(heap.inUse()).toBe(64);
  expect([...heap.views().i32.subarray(address / 4, address / 4 + kept.length)]).toEqual([5, 6, 7]);
});
