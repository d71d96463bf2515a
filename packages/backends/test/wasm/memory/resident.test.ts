import { setImmediate } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { createHeap } from "../../../src/wasm/memory/heap.js";
import { resident } from "../../../src/wasm/memory/resident.js";

test("bytes lie in memory once, for as long as their owner lives", async () => {
  const heap = createHeap(2 ** 20, false);
  const constants = resident(heap);
  const kept = Int32Array.of(0, 5, 6, 7).subarray(1);
  const address = constants.address(kept, kept);
  expect([...heap.views().i32.subarray(address / 4, address / 4 + 3)]).toEqual([5, 6, 7]);
  expect(constants.address(kept, kept)).toBe(address);
  expect(constants.address({}, Uint8Array.of(1, 2, 3))).not.toBe(address);
  for (let i = 0; i < 20; i++) constants.address({}, new Uint8Array(100));
  expect(heap.inUse()).toBeGreaterThan(20 * 100);
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  for (let turn = 0; turn < 20 && heap.inUse() > 64; turn++) {
    await setImmediate();
    collectGarbage();
  }
  // What the loop leaves on the stack may still be held; what was kept must be.
  expect(heap.inUse()).toBeLessThan(64 + 3 * 128);
  expect([...heap.views().i32.subarray(address / 4, address / 4 + kept.length)]).toEqual([5, 6, 7]);
});
