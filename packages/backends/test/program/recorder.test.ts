import { expect, test } from "vitest";
import { cpu } from "../../src/cpu.js";
import { BackendError } from "../../src/errors.js";
import { call, input } from "../../src/expr.js";
import type { Graph } from "../../src/program/graph.js";
import { recorder } from "../../src/program/recorder.js";
import { userLine } from "../../src/program/user-line.js";

const target = cpu();
const whole = (buffer: { readonly length: number }) => ({ buffer, offset: 0, strides: [1] });

test("every kernel is written down with its operands, and computes nothing", () => {
  const recording = recorder(target);
  const { backend } = recording;
  const x = recording.input(0, 8);
  const pattern = { numRows: 2, numCols: 2, rows: Int32Array.of(0, 1), cols: Int32Array.of(1, 0) };
  const windows = { examples: 1, grid: [4], window: [2], stride: [2], padLow: [0], padHigh: [0], channels: 2 };
  const conv = { examples: 1, grid: [4], kernel: [2], stride: [1], dilation: [1], groups: 1, channelsIn: 2, channelsOut: 1 };
  const theta = backend.upload([1, 2, 3, 4]);
  const positions = backend.argmaxWindows(windows, x);
  const made = [
    backend.map(call("neg", input(0)), [8], [whole(x)]),
    backend.place([9], [{ source: whole(x), shape: [8], offset: 1, strides: [1] }]),
    backend.reduce("max", [2, 4], [1], x),
    backend.scan(2, 2, 2, true, x),
    backend.contract({ batch: [], m: 2, n: 2, k: 4 }, { buffer: x, offset: 0, strides: [4, 1] }, { buffer: x, offset: 0, strides: [1, 4] }),
    backend.convolve("apply", conv, theta, x),
    backend.sparse("applyTranspose", pattern, 1, theta, x),
    backend.gather({ outer: 1, size: 8, inner: 1, count: 4 }, x, positions),
    backend.scatterAdd({ outer: 1, size: 8, inner: 1, count: 4 }, theta, positions),
    backend.fft([4], [0], false, x),
  ];
  expect(made.map(({ length }) => length)).toEqual([8, 9, 2, 8, 4, 3, 2, 4, 8, 8]);
  const { nodes, outputs } = recording.finish(made);
  expect(outputs.map((id) => (nodes[id]?.kind === "call" ? nodes[id].call.kind : ""))).toEqual([
    ...["map", "place", "reduce", "scan", "contract", "convolve", "sparse", "gather", "scatterAdd", "fft"],
  ]);
  expect(nodes.filter(({ kind }) => kind === "input")).toHaveLength(1);
});

test("buffers of the target are constants, each once", () => {
  const recording = recorder(target);
  const kept = target.upload([1, 2]);
  const results = [1, 2].map(() => recording.backend.scan(1, 2, 1, false, kept));
  const { nodes } = recording.finish(results);
  expect(nodes.map(({ kind }) => kind)).toEqual(["constant", "call", "call"]);
  expect(nodes[0]).toMatchObject({ buffer: kept });
});

test("what is known can be read, what is not cannot, and says where", async () => {
  const recording = recorder(target);
  const { backend } = recording;
  expect(Array.from(backend.readSync!(backend.upload([1, 2])))).toEqual([1, 2]);
  expect(Array.from(backend.readSync!(target.upload([3])))).toEqual([3]);
  const x = recording.input(0, 1);
  expect(() => backend.readSync!(x)).toThrow(BackendError);
  expect(() => backend.readSync!(x)).toThrow(/being recorded at .*recorder\.test\.ts:\d+:\d+; its numbers/);
  await expect(backend.read(x)).rejects.toThrow(BackendError);
  recording.finish([x]);
  expect(() => backend.readSync!(x)).toThrow("was kept from the recording");
  expect(() => backend.upload([1])).toThrow(BackendError);
});

test("float32 constants are known as the target holds them", () => {
  const { backend } = recorder(cpu("float32"));
  expect(backend.readSync!(backend.upload([0.1]))[0]).toBe(Math.fround(0.1));
});

test("a second recording must repeat the first, in numbers, positions, and work", () => {
  const record =
    (values: readonly number[], index: readonly number[], f: "sin" | "cos") =>
    (earlier?: Graph): Graph => {
      const recording = recorder(target, earlier);
      const { backend } = recording;
      const x = recording.input(0, 2);
      const picked = backend.gather({ outer: 1, size: 2, inner: 1, count: 2 }, x, backend.uploadIndex(index));
      const sum = backend.map(call("add", input(0), input(1)), [2], [whole(picked), whole(backend.upload(values))]);
      return recording.finish([backend.map(call(f, input(0)), [2], [whole(sum)])]);
    };
  const first = record([1, 2], [0, 1], "sin")();
  expect(record([1, 2], [0, 1], "sin")(first).nodes).toHaveLength(first.nodes.length);
  expect(() => record([1, 3], [0, 1], "sin")(first)).toThrow(/made of other numbers each time the function runs at .*recorder\.test\.ts/);
  expect(() => record([1, 2], [1, 1], "sin")(first)).toThrow("made of other numbers");
  expect(() => record([1, 2], [0, 1], "cos")(first)).toThrow("does something else each time it runs");
});

test("a second recording must make as much as the first, and give the same of it", () => {
  const record = (earlier: Graph | undefined, more: boolean, which: number): Graph => {
    const recording = recorder(target, earlier);
    const x = recording.input(0, 2);
    const made = (["sin", "cos"] as const).map((f) => recording.backend.map(call(f, input(0)), [2], [whole(x)]));
    if (more) recording.backend.scan(1, 2, 1, false, x);
    return recording.finish([made[which]!]);
  };
  const first = record(undefined, true, 0);
  expect(record(first, true, 0).outputs).toEqual(first.outputs);
  expect(() => record(first, true, 1)).toThrow(/does something else each time it runs at .*recorder\.test\.ts/);
  expect(() => record(first, false, 0)).toThrow("does something else each time it runs");
});

test("the user's line is the first outside of the packages", () => {
  expect(userLine()).toMatch(/recorder\.test\.ts:\d+:\d+$/);
});
