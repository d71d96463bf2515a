import { describe, expect, test } from "vitest";
import type { Backend } from "../../src/backend.js";
import { cpu } from "../../src/cpu.js";
import { BackendError } from "../../src/errors.js";
import { call, input } from "../../src/expr.js";
import { createProgram } from "../../src/program/program.js";
import { recorder } from "../../src/program/recorder.js";
import { cpuWithFused, recorded } from "./recorded.js";

const whole = (buffer: { readonly length: number }) => ({ buffer, offset: 0, strides: [1] });
const numbers = (backend: Backend, buffer: { readonly length: number }) => Array.from(backend.readSync!(buffer));

/** exp(x)·2 summed, and scanned backwards. */
function example(backend: Backend, carry = false) {
  const graph = recorded([3], (recording, [x]) => {
    const twice = recording.map(call("mul", 2, call("exp", input(0))), [3], [whole(x!)]);
    return [recording.reduce("sum", [3], [0], twice), recording.scan(1, 3, 1, true, twice)];
  });
  return createProgram(graph, backend, { inputs: [3], carry });
}

describe.each([
  ["working memory", cpu()],
  ["kernel by kernel", cpuWithFused()],
])("a program, %s", (_, backend) => {
  test("runs for other arguments, and leaves earlier results alone", () => {
    const program = example(backend);
    const run = (values: readonly number[]) => program.run([backend.upload(values)]);
    const zeros = run([0, 0, 0]);
    const [sum, scan] = run([0, Math.log(2), 0]).map((result) => numbers(backend, result));
    expect(sum![0]).toBeCloseTo(8, 12);
    [8, 6, 2].forEach((want, i) => expect(scan![i]).toBeCloseTo(want, 12));
    expect(zeros.map((result) => numbers(backend, result))).toEqual([[6], [6, 4, 2]]);
  });

  test("draws and functions of the host happen in each run, in order", () => {
    const recording = recorder(backend);
    const x = recording.input(0, 1);
    const count = (source: unknown, out: Float64Array) => {
      for (let i = 0; i < out.length; i++) out[i] = (source as { next: number }).next++;
    };
    const [first, , third] = [1, 3, 2].map((length) => recording.draw(0, length, count));
    const mapped = recording.backend.hostMap!((entry) => entry * 10, x);
    const sum = recording.backend.map(call("add", input(0), input(1)), [1], [whole(first!), whole(mapped)]);
    const program = createProgram(recording.finish([sum, third!, mapped]), backend, { inputs: [1] });
    const source = { next: 0 };
    const run = () => program.run([backend.upload([7])], [source]).map((result) => numbers(backend, result));
    expect(run()).toEqual([[70], [4, 5], [70]]);
    expect(run()).toEqual([[76], [10, 11], [70]]);
    expect(source.next).toBe(12);
  });

  test("a run that fails leaves the next one whole", () => {
    const recording = recorder(backend);
    const refused = (entry: number) => {
      if (entry < 0) throw new RangeError("negative");
      return entry;
    };
    const program = createProgram(recording.finish([recording.backend.hostMap!(refused, recording.input(0, 1))]), backend, { inputs: [1] });
    expect(() => program.run([backend.upload([-1])])).toThrow("negative");
    expect(numbers(backend, program.run([backend.upload([3])])[0]!)).toEqual([3]);
  });
});

test("carried results alternate between two sets of places", () => {
  const backend = cpu();
  const program = example(backend, true);
  const runs = [1, 2, 3].map(() => program.run([backend.upload([0, 0, 0])])[1]);
  expect(runs[0]).toBe(runs[2]);
  expect(runs[0]).not.toBe(runs[1]);
});

test("what it prints and draws says what runs where", () => {
  const program = example(cpu());
  expect(program.toString().split("\n")).toEqual([
    "%0 = argument 0: 3 entries, 24 B, where the caller has it",
    "%1 = map 2 * exp(x0) over [3] of %0: 3 entries, 24 B, at 0",
    "%2 = sum over axes [0] of [3] of %1: 1 entry, 8 B, leaves, result 0",
    "%3 = scan along 3 of [1, 3, 1], from the end of %1: 3 entries, 24 B, leaves, result 1",
    "3 kernels on cpu-float64: 12 operations, 128 B read and written; working memory 128 B (128 B without reuse)",
  ]);
  expect(program.count()).toMatchObject({ kernels: 3, flops: 12, bytes: 128, arenaBytes: 128, inputBytes: 24, outputBytes: 32 });
  expect(program.toMermaid()).toContain('n1["%1 map 2 * exp(x0) over [3]"]\n');
  expect(program.toMermaid()).toContain("\n  n1 --> n2\n  n1 --> n3");
  expect(program.toDot()).toMatch(/^digraph program \{\n {2}n0 \[shape=ellipse, label="%0 argument 0"\];[\s\S]*n1 -> n3;\n\}$/);
});

test("a profile has a row for each kernel, as a table and as bars", () => {
  const backend = cpu();
  const program = example(backend);
  expect(() => program.profile()).toThrow(BackendError);
  const [sum] = program.run([backend.upload([0, 0, 0])]);
  const profile = program.profile(3);
  expect(profile.rows.map(({ kernel, calls }) => [kernel, calls])).toEqual([
    ["map", 3],
    ["sum", 3],
    ["scan", 3],
  ]);
  expect(profile.rows.reduce((total, { share }) => total + share, 0)).toBeCloseTo(1, 12);
  expect(profile.rows.reduce((total, { ms }) => total + ms, 0)).toBeCloseTo(profile.ms, 12);
  expect(profile.toString().split("\n")).toHaveLength(5);
  expect(profile.toSvg()).toMatch(/^<svg [\s\S]*<rect [\s\S]*<\/svg>$/);
  expect(profile.toSvg().match(/<rect /g)).toHaveLength(3);
  // Nothing that a caller holds was touched.
  expect(numbers(backend, sum!)).toEqual([6]);
  expect(() => program.profile(0)).toThrow("profile: runs is 0; it must be a whole number ≥ 1");
});

test("a backend that cannot wait is not profiled", () => {
  const { readSync: _, ...waiting } = cpuWithFused();
  expect(() => example(waiting).profile()).toThrow("cpu-float64 cannot wait for a kernel");
});
