import { describe, expect, test } from "vitest";
import { call, input } from "../../src/expr.js";
import type { Slot } from "../../src/program/arena.js";
import type { Call } from "../../src/program/call.js";
import { createEngine } from "../../src/wasm/engine.js";
import { numbersOf } from "../../src/wasm/numbers.js";
import { wasmBackend } from "../../src/wasm/wasm-backend.js";

const length = 100;
const view = (node: number) => ({ node, offset: 0, strides: [1] });

/** z = (2·(x + c))², w = Σ gather(2·(x + c), positions): node 0 is x, 1 is c, 2 is 2·(x + c) in the arena, 3 is z, 4 positions, 5 the gathered, 6 is w. */
const calls: readonly (readonly [Call, number])[] = [
  [{ kind: "map", f: call("mul", 2, call("add", input(0), input(1))), shape: [length], inputs: [view(0), view(1)] }, 2],
  [{ kind: "map", f: call("mul", input(0), input(1)), shape: [length], inputs: [view(2), view(2)] }, 3],
  [{ kind: "gather", layout: { outer: 1, size: length, inner: 1, count: 3 }, input: 2, index: 4 }, 5],
  [{ kind: "reduce", reduction: "sum", shape: [3], axes: [0], input: 5 }, 6],
];

describe.each(["float32", "float64"] as const)("%s", (precision) => {
  const engine = createEngine({ numbers: numbersOf(precision, false), threads: 2 }, { maxMemory: 2 ** 24, forkFrom: 0 });
  const backend = wasmBackend(engine, "test");

  function prepared(outputSets: 0 | 2) {
    const c = backend.upload(Float64Array.from({ length }, (_, i) => i / 4));
    const slots: readonly Slot[] = [
      { place: "input", position: 0, length },
      { place: "constant", buffer: c, length },
      { place: "arena", node: 2, offset: 64, length, isIndex: false },
      { place: "output", position: 0, length },
      { place: "constant", buffer: backend.uploadIndex([7, -1, 99]), length: 3 },
      { place: "arena", node: 5, offset: 1024, length: 3, isIndex: false },
      { place: "output", position: 1, length: 1 },
    ];
    const arena = backend.arena({ bytes: 2048, inputs: [length], outputs: [length, 1], outputSets });
    const steps = calls.map(([step, out]) => arena.prepare(step, (node) => slots[node]!, slots[out]!));
    const run = (x: ReturnType<typeof backend.upload>, set: number | null) => {
      arena.begin([x], set);
      for (const step of steps) step();
      return arena.end();
    };
    return { arena, slots, run };
  }
  const given = (offset: number) => backend.upload(Float64Array.from({ length }, (_, i) => offset - i));
  const wanted = (offset: number) => {
    const doubled = Array.from({ length }, (_, i) => 2 * (offset - i + i / 4));
    return [doubled.map((y) => y * y), [doubled[7]! + doubled[99]!]];
  };
  const numbersIn = (buffers: readonly { readonly length: number }[]) => buffers.map((buffer) => [...backend.readSync(buffer)]);

  test("each run reads its own inputs and gives fresh outputs", () => {
    const { run } = prepared(0);
    const first = run(given(1), null);
    const second = run(given(50), null);
    expect(numbersIn(first)).toEqual(wanted(1));
    expect(numbersIn(second)).toEqual(wanted(50));
  });

  test("sets of outputs alternate, and results may be the next run's inputs", () => {
    const { run } = prepared(2);
    const results = [0, 1, 2].map((k) => {
      const outputs = run(given(k), k % 2);
      expect(numbersIn(outputs)).toEqual(wanted(k));
      return outputs;
    });
    expect(results[2]![0]).toBe(results[0]![0]);
    expect(results[1]![0]).not.toBe(results[0]![0]);
    const next = run(run(given(3), 1)[0]!, 0);
    const x = wanted(3)[0]!;
    const doubled = (i: number) => 2 * (x[i]! + i / 4);
    expect(numbersIn(next)[1]).toEqual([doubled(7) + doubled(99)]);
  });

  test("fresh outputs belong to the open scope, sets and working memory to none", () => {
    const [before, made] = [backend.memoryInUse(), { outputs: [] as readonly { readonly length: number }[] }];
    const { run, inUse } = backend.scope(() => {
      const held = prepared(2);
      made.outputs = held.run(given(1), null);
      return { run: held.run, held: held.slots, inUse: backend.memoryInUse() };
    });
    expect(() => backend.readSync(made.outputs[0]!)).toThrow(/was freed/);
    expect(inUse.buffers).toBeGreaterThan(before.buffers);
    expect(numbersIn(run(given(2), 0))).toEqual(wanted(2));
  });

  test("the host reads and writes places between kernels", () => {
    const { arena, slots, run } = prepared(0);
    run(given(1), null);
    expect(arena.read!(slots[5]!)).toBe(2 * (1 - 7 + 7 / 4));
    arena.write(slots[2]!, new Float64Array(length).fill(0.5));
    expect(arena.read!(slots[2]!)).toBe(0.5);
  });

  test("10,000 runs leave memory as it was", () => {
    const { run } = prepared(2);
    const x = given(1);
    run(x, 0);
    const before = backend.memoryInUse();
    for (let k = 0; k < 10_000; k++) run(x, k % 2);
    expect(backend.memoryInUse()).toEqual(before);
  });
});
