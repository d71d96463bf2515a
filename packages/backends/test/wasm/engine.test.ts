import { setTimeout } from "node:timers/promises";
import { beforeAll, describe, expect, test } from "vitest";
import type { OwnedBuffer } from "../../src/buffers/owned-buffer.js";
import { createEngine, type Engine } from "../../src/wasm/engine.js";
import { numbersOf } from "../../src/wasm/numbers.js";
import { fromIntegers, scaled, summed, trapping } from "./small-kernels.js";

const engineOf = (threads: number): Engine => createEngine({ numbers: numbersOf("float64", false), threads }, { maxMemory: 2 ** 26 });

function put(engine: Engine, values: ArrayLike<number>): OwnedBuffer {
  const buffer = engine.buffers.make(values.length, 8 * values.length, false);
  engine.heap.views().f64.set(values, buffer.address / 8);
  return buffer;
}

function numbersIn(engine: Engine, buffer: OwnedBuffer): readonly number[] {
  return [...engine.heap.views().f64.subarray(buffer.address / 8, buffer.address / 8 + buffer.length)];
}

const values = (length: number): Float64Array => Float64Array.from({ length }, (_, i) => Math.sin(i * i));

describe.each([1, 2, 3])("%d threads", (threads) => {
  const engine = engineOf(threads);
  beforeAll(async () => {
    for (let turn = 0; turn < 500 && engine.listening() < threads - 1; turn++) await setTimeout(10);
    expect(engine.listening()).toBe(threads - 1);
  });

  // 10⁶ cycles a unit make every phase worth other threads; 1 makes none.
  test.each([1, 1e6])("every unit is done once, at a cost of %d", (cost) => {
    for (const length of [1, 2, 3, 7, 1000]) {
      const given = values(length);
      const out = engine.run(scaled(put(engine, given), length, 3, cost));
      expect(numbersIn(engine, out)).toEqual([...given].map((x) => 3 * x));
    }
  });

  test.each([1, 1e6])("the parts of a sum are the same whoever adds them, at a cost of %d", (cost) => {
    for (const length of [1, 2, 5, 1001]) {
      const given = values(length);
      const input = put(engine, given);
      const parts = Array.from({ length: threads }, (_, t) => {
        const part = given.subarray(Math.floor((t * length) / threads), Math.floor(((t + 1) * length) / threads));
        return part.reduce((sum, x) => sum + x, 0);
      });
      const wanted = parts.reduce((sum, x) => sum + x, 0);
      for (let run = 0; run < 50; run++) expect(numbersIn(engine, engine.run(summed(input, length, threads, cost)))).toEqual([wanted]);
    }
  });

  test("operands are read at their offsets, and integers where they were put", () => {
    const input = put(engine, values(10));
    const launch = { ...scaled(input, 4, 2), operands: [{ buffer: input, offset: 5 }] };
    expect(numbersIn(engine, engine.run(launch))).toEqual([...values(10).subarray(5, 9)].map((x) => 2 * x));
    const integers = Int32Array.of(3, -1, 4);
    for (let run = 0; run < 2; run++) expect(numbersIn(engine, engine.run(fromIntegers(integers)))).toEqual([3, -1, 4]);
    expect(numbersIn(engine, engine.run(fromIntegers(Int32Array.of(1, 5, 9))))).toEqual([1, 5, 9]);
  });

  test("a result without entries runs nothing", () => {
    const launch = { ...scaled(put(engine, []), 0, 2), make: () => expect.unreachable() };
    expect(engine.run(launch).length).toBe(0);
  });

  test("a prepared launch reads and writes where the addresses say when it runs", () => {
    const length = 300;
    const [a, b] = [values(length), values(length).map((x) => x + 1)];
    const [inputA, inputB, out] = [put(engine, a), put(engine, b), put(engine, a)];
    const addresses = new Int32Array(4);
    const launch = { ...scaled(inputA, length, 5, 1e6), operands: [{ buffer: inputA, offset: 1 }] };
    const run = engine.prepare(launch, addresses, () => ({ slot: 2, bytes: 56 }), { slot: 3, bytes: 64 });
    addresses[3] = out.address - 64;
    for (const [given, input] of [
      [a, inputA],
      [b, inputB],
    ] as const) {
      addresses[2] = input.address - 64;
      run();
      expect(numbersIn(engine, out)).toEqual([...given].map((x) => 5 * x));
    }
  });

  test.each([0, 999])("a kernel that traps in unit %d fails in the caller, and the next one runs", (at) => {
    const input = put(engine, values(1000));
    for (let run = 0; run < 3; run++) expect(() => engine.run(trapping(input, 1000, at))).toThrow(/out of bounds/);
    expect(numbersIn(engine, engine.run(scaled(input, 1000, 4, 1e6)))).toEqual([...values(1000)].map((x) => 4 * x));
  });

  test("kernels are compiled once, and memory does not grow in 10,000 launches inside scopes", () => {
    const input = put(engine, values(1000));
    const step = (): void => {
      engine.buffers.scope(() => engine.run(summed(engine.run(scaled(input, 1000, 7)), 1000, threads)));
    };
    engine.buffers.scope(step);
    const [kernels, inUse, reserved, live] = [engine.numKernels(), engine.heap.inUse(), engine.heap.reserved(), engine.buffers.live()];
    engine.buffers.scope(() => {
      for (let i = 0; i < 10_000; i++) engine.buffers.scope(() => step());
    });
    expect([engine.numKernels(), engine.heap.inUse(), engine.heap.reserved(), engine.buffers.live()]).toEqual([
      kernels,
      inUse,
      reserved,
      live,
    ]);
  });
});

test("workers see memory that was grown after they started", () => {
  const engine = engineOf(2);
  const lengths = [1000, 100_000, 2_000_000];
  for (const length of lengths) {
    const given = values(length);
    const out = engine.run(scaled(put(engine, given), length, 2, 1000));
    const found = engine.heap.views().f64.subarray(out.address / 8, out.address / 8 + length);
    expect(found.findIndex((x, i) => x !== 2 * given[i]!)).toBe(-1);
  }
});

test("before any worker listens the caller does it all", () => {
  const engine = engineOf(4);
  expect(engine.listening()).toBe(0);
  const given = values(100);
  expect(numbersIn(engine, engine.run(scaled(put(engine, given), 100, 2, 1e6)))).toEqual([...given].map((x) => 2 * x));
});
