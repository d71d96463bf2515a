import { describe, expect, it } from "vitest";
import { addRun, copyRun, zeroRun } from "../../src/wasm/constant-run.js";
import { type Code, type Local, type Scope, wasmModule } from "../../src/wasm/encoder/index.js";
import { type Numbers, numbersOf } from "../../src/wasm/numbers.js";

type Run = (numbers: Numbers, scope: Scope, to: Local, from: Local, length: number) => Code;

/** What 300 numbers at `to` (5 each) become when numbers 1, 2, … are copied or added there. */
function after(precision: "float32" | "float64", run: Run, length: number): number[] {
  const numbers = numbersOf(precision, false);
  const module = wasmModule();
  module.entry("run", 2, ([to, from], scope) => run(numbers, scope, to!, from!, length));
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const floats = (at: number) =>
    numbers.bytes === 4 ? new Float32Array(memory.buffer, at, 300) : new Float64Array(memory.buffer, at, 300);
  floats(4096).fill(5);
  floats(16384).forEach((_, i, all) => (all[i] = i + 1));
  const binary = module.encode({ initial: 1, maximum: 65536, shared: false });
  const imports = { env: { memory }, math: Math as unknown as WebAssembly.ModuleImports };
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), imports);
  (exports["run"] as (to: number, from: number) => void)(4096, 16384);
  return Array.from(floats(4096));
}

describe.each(["float32", "float64"] as const)("runs of constant length, %s", (precision) => {
  it.each([0, 1, 2, 3, 4, 5, 7, 8, 63, 64, 65, 127, 128, 130, 131, 299])("%i numbers, and none after them", (length) => {
    const expected = (value: (i: number) => number) => Array.from({ length: 300 }, (_, i) => (i < length ? value(i) : 5));
    expect(after(precision, (numbers, _, to, from) => copyRun(numbers, to, from, length), length)).toEqual(expected((i) => i + 1));
    expect(after(precision, (numbers, _, to) => zeroRun(numbers, to, length), length)).toEqual(expected(() => 0));
    expect(after(precision, addRun, length)).toEqual(expected((i) => i + 6));
  });
});
