import { setTimeout } from "node:timers/promises";
import { expect, test } from "vitest";
import { forRange, i32, wasmModule } from "../../../src/wasm/encoder/index.js";
import { createHeap } from "../../../src/wasm/memory/heap.js";
import { createPool, type Pool } from "../../../src/wasm/threads/pool.js";

/** Writes `value` to integers from … to − 1 at `out`; `numArgs` parameters, of which these are the first and last. */
function filling(numArgs: number): Uint8Array {
  const module = wasmModule();
  module.entry("unused", 1, () => []);
  module.entry("fill", numArgs, (params, { local }) => {
    const [out, value] = [params[0]!, params[1]!];
    const i = local("i32");
    return forRange(i, params.at(-2)!, params.at(-1)!, 1, i32.store(i32.add(out, i32.shl(i, 2)), value));
  });
  return module.encode({ initial: 1, maximum: 65536, shared: true });
}

async function startedPool(threads: number) {
  const heap = createHeap(2 ** 24, true);
  const pool = createPool(heap, threads);
  for (let turn = 0; turn < 500 && pool.listening() < threads - 1; turn++) await setTimeout(10);
  expect(pool.listening()).toBe(threads - 1);
  return { heap, pool };
}

/** Long enough that the worker has begun. */
function sleep(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
}

function ended(pool: Pool, thread: number, module: Parameters<Pool["join"]>[1]): boolean {
  sleep();
  expect(pool.takeBack(thread)).toBe(false);
  return pool.join(thread, module);
}

test.each([4, 9, 30])("workers compile a module from memory once and call it with %d arguments", async (numArgs) => {
  const { heap, pool } = await startedPool(3);
  const module = pool.share({}, filling(numArgs));
  const address = heap.address(heap.allocate(400));
  const inUse = heap.inUse();
  for (const [round, value] of [11, 12].entries()) {
    for (const thread of [1, 2]) {
      const args = new Int32Array(numArgs);
      args.set([address, value + 100 * thread]);
      args.set([50 * (thread - 1), 50 * thread], numArgs - 2);
      expect(pool.post(thread, module, 1, args, numArgs)).toBe(true);
    }
    for (const thread of [1, 2]) expect(ended(pool, thread, module)).toBe(true);
    const found = heap.views().i32.subarray(address / 4, address / 4 + 100);
    expect([...found]).toEqual(Array.from({ length: 100 }, (_, i) => value + (i < 50 ? 100 : 200)));
    expect([...module.compiled]).toEqual([0, 1, 1]);
    // The binary lies in memory only until all have it.
    expect([round, heap.inUse()]).toEqual([round, inUse]);
  }
});

test("what does not compile in a worker is said, and the worker goes on", async () => {
  const { heap, pool } = await startedPool(2);
  const address = heap.address(heap.allocate(400));
  const args = Int32Array.of(address, 7, 0, 3);
  const broken = pool.share({}, Uint8Array.of(0, 0x61, 0x73, 0x6d));
  expect(pool.post(1, broken, 0, args, 4)).toBe(true);
  expect(ended(pool, 1, broken)).toBe(false);
  const sound = pool.share({}, filling(4));
  expect(pool.post(1, sound, 1, args, 4)).toBe(true);
  expect(ended(pool, 1, sound)).toBe(true);
  expect([...heap.views().i32.subarray(address / 4, address / 4 + 3)]).toEqual([7, 7, 7]);
});

test("a call that no worker has begun can be taken back, and more arguments than fit are refused", async () => {
  const { pool } = await startedPool(2);
  const module = pool.share({}, filling(4));
  let numTakenBack = 0;
  for (let i = 0; i < 200; i++) {
    expect(pool.post(1, module, 0, new Int32Array(1), 1)).toBe(true);
    if (pool.takeBack(1)) numTakenBack++;
    else expect(pool.join(1, module)).toBe(true);
  }
  expect(numTakenBack).toBeGreaterThan(0);
  expect(pool.post(1, module, 0, new Int32Array(1000), 1000)).toBe(false);
});
