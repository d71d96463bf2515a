import { describe, expect, test } from "vitest";
import { createHeap } from "../../../src/wasm/memory/heap.js";

describe.each([false, true])("shared between threads: %s", (shared) => {
  test("blocks are aligned, can hold what was asked for, and 64 bytes after each can be read", () => {
    const heap = createHeap(2 ** 22, shared);
    for (const bytes of [1, 63, 64, 65, 65536 - 1024 - 64, 100_000, 500_000]) {
      const block = heap.allocate(bytes);
      const address = heap.address(block);
      expect(address % 64).toBe(0);
      expect(address).toBeGreaterThanOrEqual(1024);
      expect(heap.capacity(block)).toBeGreaterThanOrEqual(bytes);
      expect(address + bytes + 64).toBeLessThanOrEqual(heap.views().bytes.length);
    }
  });

  test("numbers stay when the memory grows", () => {
    const heap = createHeap(2 ** 22, shared);
    const address = heap.address(heap.allocate(8));
    heap.views().f64[address / 8] = Math.PI;
    const reserved = heap.reserved();
    heap.allocate(2 ** 21);
    expect(heap.reserved()).toBeGreaterThan(reserved);
    expect(heap.views().f64[address / 8]).toBe(Math.PI);
  });

  test("what does not fit is named, with what is in use and what to do, and what fits still does", () => {
    const heap = createHeap(2 ** 22, shared);
    const half = heap.allocate(2 ** 21);
    expect(() => heap.allocate(3 * 2 ** 20)).toThrow(
      "wasm: no room for 3 MiB: 2 MiB of 4 MiB are in use; free arrays early with scope(), take smaller batches, compute in float32, or allow more with maxMemory",
    );
    expect(() => heap.allocate(2 ** 40)).toThrow("wasm: no room for 1024 GiB");
    heap.free(half);
    expect(heap.inUse()).toBe(0);
    heap.free(heap.allocate(3 * 2 ** 20));
  });

  test("the memory fills to its end, less what must stay readable", () => {
    const heap = createHeap(2 ** 20, shared);
    for (let i = 0; i < 1022; i++) heap.allocate(1024);
    expect(() => heap.allocate(1024)).toThrow(/no room/);
    expect(heap.reserved()).toBe(2 ** 20);
  });
});

test("addresses go up to 4 GiB", () => {
  const heap = createHeap(2 ** 32 - 2 ** 16, false);
  heap.allocate(2.5 * 2 ** 30);
  const address = heap.address(heap.allocate(4));
  expect(address).toBeGreaterThan(2 ** 31);
  heap.views().f32[address / 4] = 7;
  expect(heap.views().f32[address / 4]).toBe(7);
});
