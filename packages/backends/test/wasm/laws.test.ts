import { setTimeout } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { beforeAll, describe, expect, test } from "vitest";
import { backendLaws } from "../../src/laws.js";
import { createEngine } from "../../src/wasm/engine.js";
import { relaxedSimdIsOn } from "../../src/wasm/features.js";
import { numbersOf } from "../../src/wasm/numbers.js";
import { wasmBackend } from "../../src/wasm/wasm-backend.js";
import { wasm } from "../../src/wasm.js";

// Each drawn case compiles kernels of its own, so fewer are drawn than on the CPU.
describe.each([wasm({ precision: "float64" }), wasm()])("$name", (backend) => {
  test.each(backendLaws)("$name", (law) => law.check(backend, { numRuns: 20 }));
});

/** Behind a flag in Node 20 and 21; the backends above were made before it is set, or with it by another file of this process. */
describe("with relaxed SIMD, products and sums rounded once", () => {
  setFlagsFromString("--experimental-wasm-relaxed-simd");
  const precisions = relaxedSimdIsOn() ? (["float32", "float64"] as const) : [];
  const cases = precisions.flatMap((precision) => {
    const engine = createEngine({ numbers: numbersOf(precision, true), threads: 1 }, { maxMemory: 2 ** 28 });
    return backendLaws.map((law) => [`${precision}: ${law.name}`, law, wasmBackend(engine, "test")] as const);
  });
  test("the engine has it", () => expect(precisions).toHaveLength(2));
  test.each(cases)("%s", (_, law, backend) => law.check(backend, { numRuns: 8 }));
});

/** Every phase of every kernel is shared among three threads, however short. */
describe("where every phase is cut for three threads", () => {
  const engine = createEngine({ numbers: numbersOf("float32", relaxedSimdIsOn()), threads: 3 }, { maxMemory: 2 ** 28, forkFrom: 0 });
  const backend = wasmBackend(engine, "test");
  beforeAll(async () => {
    for (let turn = 0; turn < 500 && backend.threadsRunning() < 3; turn++) await setTimeout(10);
    expect(backend.threadsRunning()).toBe(3);
  });
  test.each(backendLaws)("$name", (law) => law.check(backend, { numRuns: 8 }));
});

/** Addresses beyond 2³¹ are negative where they are taken for signed. */
test("kernels work in the upper half of the memory", async () => {
  const engine = createEngine({ numbers: numbersOf("float64", false), threads: 1 }, { maxMemory: 2 ** 32 - 2 ** 16 });
  const block = engine.heap.allocate(2 ** 31 - 2 ** 12);
  const backend = wasmBackend(engine, "test");
  for (const law of backendLaws) await law.check(backend, { numRuns: 2 });
  engine.heap.free(block);
});
