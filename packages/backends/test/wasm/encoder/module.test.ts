import { describe, expect, it } from "vitest";
import {
  advance,
  block,
  branch,
  branchIf,
  choose,
  f64,
  forRange,
  get,
  i32,
  loop,
  memory,
  select,
  sequence,
  set,
  tee,
  wasmModule,
  when,
} from "../../../src/wasm/encoder/index.js";
import { runBody } from "./run-function.js";

const samples = Int32Array.of(3, -1, 0, 7);
const results = (out: DataView) => [...new Int32Array(out.buffer, out.byteOffset, out.byteLength / 4)];

describe("control", () => {
  it("counts in ranges, also empty ones, and changes its bounds while it runs", () => {
    const out = runBody(samples, 12, (_, y, { local }) => {
      const [i, sum, none, end] = [local("i32"), local("i32"), local("i32"), local("i32")];
      return sequence(
        set(end, 10),
        forRange(i, 1, end, 3, sequence(advance(sum, i), set(end, 8))),
        forRange(i, 5, 5, 1, set(none, 1)),
        i32.store(y, sum),
        i32.store(y, none, 4),
        i32.store(y, i, 8),
      );
    });
    expect(results(out)).toEqual([1 + 4 + 7, 0, 5]);
  });

  it("leaves blocks, starts loops again, and counts depths from within", () => {
    const out = runBody(samples, 8, (_, y, { local }) => {
      const [i, skipped] = [local("i32"), local("i32")];
      return sequence(
        block(loop(sequence(advance(i, 1), branchIf(1, i32.eq(i, 5)), branch(0)))),
        block(sequence(branch(0), set(skipped, 1))),
        i32.store(y, i),
        i32.store(y, skipped, 4),
      );
    });
    expect(results(out)).toEqual([5, 0]);
  });

  it("does one of two things, chooses one of two values, and selects one", () => {
    const out = runBody(samples, 24, (x, y, { local }) => {
      const r = local("i32");
      return sequence(
        when(i32.load(x), i32.store(y, 1), i32.store(y, 2)),
        when(i32.load(x, 8), i32.store(y, 1, 4), i32.store(y, 2, 4)),
        when(i32.load(x, 8), i32.store(y, 1, 8)),
        i32.store(y, choose("i32", i32.load(x), [...tee(r, 4)], [...tee(r, 5)]), 12),
        i32.store(y, select("i32", i32.load(x, 8), 6, 7), 16),
        i32.store(y, get(r), 20),
      );
    });
    expect(results(out)).toEqual([1, 2, 0, 4, 7, 4]);
  });

  it("copies and fills memory", () => {
    const out = runBody(samples, 20, (x, y) => sequence(memory.copy(y, x, 16), memory.fill(i32.add(y, 16), 0x11, 3)));
    expect(results(out)).toEqual([...samples, 0x111111]);
  });
});

describe("wasmModule", () => {
  it("calls its own functions, in any order of types, and those of Math", () => {
    const out = runBody(samples, 16, (x, y, _scope, module) => {
      const twice = module.func(["i32"], ["i32"], ([n]) => i32.mul(n!, 2));
      const difference = module.func(["f64", "f64"], ["f64"], ([a, b]) => f64.sub(a!, b!));
      const [sine, power] = [module.imported("sin", 1), module.imported("pow", 2)];
      return sequence(i32.store(y, twice(twice(i32.load(x)))), f64.store(y, difference(power(2, 10), sine(0.5)), 8));
    });
    expect(out.getInt32(0, true)).toBe(12);
    expect(out.getFloat64(8, true)).toBe(1024 - Math.sin(0.5));
  });

  it("throws where a call does not fit the function", () => {
    const f = wasmModule().func(["i32", "i32"], [], () => []);
    expect(() => f(1)).toThrow("wasm: a call gives 1 arguments; the function takes 2");
  });

  it("is valid with a memory of one thread, of several, and without any function", () => {
    const module = wasmModule();
    expect(WebAssembly.validate(module.encode({ initial: 1, maximum: 2, shared: false }))).toBe(true);
    module.entry("nothing", 3, () => []);
    expect(WebAssembly.validate(module.encode({ initial: 1, maximum: 65536, shared: true }))).toBe(true);
  });
});
