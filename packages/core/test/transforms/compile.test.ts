import { cpu } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { BackendError, NotDifferentiableError } from "../../src/errors.js";
import { add, gather, hostMap, mul, neg, reshape, sin, sum, toBackend } from "../../src/ops/index.js";
import { normalArray, randomArray, uniformArray } from "../../src/random-array.js";
import { type Rng, rng } from "../../src/rng.js";
import { compile } from "../../src/transforms/compile.js";
import { grad } from "../../src/transforms/grad.js";
import { jvp } from "../../src/transforms/jvp.js";
import type { Value } from "../../src/value.js";

const backend = cpu();
const array = (values: readonly number[]) => ndarray(backend, values);
const square = (x: Value) => sum(mul(x, x));

/** What a call throws. */
function errorOf(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

describe("arguments and results", () => {
  test("trees, plain data and results that are plain data", () => {
    const f = compile((p: { a: Value; b: readonly Value[] }, how: { negate: boolean; by: number }) => ({
      z: how.negate ? neg(p.a) : mul(add(p.a, p.b[0] as Value), how.by),
      used: how.by,
    }));
    const p = { a: array([1, 2]), b: [array([10, 20])] };
    const first = f(p, { negate: false, by: 3 });
    expect(first.z.toNested()).toEqual([33, 66]);
    expect(first.used).toBe(3);
    expect(f(p, { negate: true, by: 3 }).z.toNested()).toEqual([-1, -2]);
    expect(f.programs).toHaveLength(2);
  });

  test("results that are arguments, constants, or the same twice", () => {
    const one = array([1]);
    for (const carry of [false, true]) {
      const f = compile((x: Value) => [x, one, x, add(x, one)] as const, { carry });
      expect(f(array([5])).map((z) => z.toNested())).toEqual([[5], [1], [5], [6]]);
    }
  });

  test("one program for each form of the arguments, the one longest unused dropped first", () => {
    const f = compile(square, { maxPrograms: 2 });
    const of = (n: number) => f.programFor(array(new Array(n).fill(1)));
    const [one, two] = [of(1), of(2)];
    expect(of(1)).toBe(one);
    of(3);
    expect(f.programs).toHaveLength(2);
    expect(of(1)).toBe(one);
    expect(of(2)).not.toBe(two);
    expect(() => compile(square, { maxPrograms: 0 })).toThrow("compile: maxPrograms is 0; it must be a whole number ≥ 1");
  });

  test("the precisions have programs of their own", () => {
    const f = compile(square);
    expect(f(ndarray(cpu("float32"), [3])).backend).toBe(cpu("float32"));
    expect(f(array([3])).backend).toBe(backend);
    expect(f.programs).toHaveLength(2);
  });

  test("what cannot be compiled is named", () => {
    const any = compile((...args: unknown[]) => args[0]);
    expect(() => any(array([1]), { f: () => 1 })).toThrow("compile: among the arguments stands a function, at arguments[1].f;");
    expect(() => any(array([1]), new Map())).toThrow("an object of class Map, at arguments[1]");
    expect(() => any(1)).toThrow("compile: no array among the arguments");
    expect(() => any(array([1]), ndarray(cpu("float32"), 1))).toThrow("compile: arrays live on cpu-float64 and cpu-float32");
    const other = ndarray(wasm({ precision: "float64", maxMemory: 2 ** 20 }), [1]);
    const one = ndarray(wasm({ precision: "float64" }), [1]);
    const twins = "live on wasm-float64 and wasm-float64 (two instances of it: make one backend and share it); move one with toBackend";
    expect(() => any(one, other)).toThrow(twins);
    for (const f of [(x: Value) => mul(x, other), () => other]) expect(() => compile(f)(one)).toThrow(twins);
    expect(() => compile((x: Value) => ({ back: () => x }))(array([1]))).toThrow("a function at .back of its result");
    expect(() => compile(async (x: Value) => x)(array([1]))).toThrow("an object of class Promise");
  });
});

describe("with other transforms", () => {
  const f = (x: Value) => sum(mul(sin(x), x));
  test("a compiled function is differentiated as the function is", () => {
    const compiled = compile(f);
    const x = array([0.3, 2]);
    expect(grad(compiled)(x).toNested()).toEqual(grad(f)(x).toNested());
    expect(jvp(compiled, x, array([1, 2])).tangent.item()).toBe(jvp(f, x, array([1, 2])).tangent.item());
    expect(compiled.programs).toHaveLength(0);
    expect(errorOf(() => grad((y: Value) => sum(mul(y, compiled.programFor(y).count().kernels)))(x))).toBeInstanceOf(BackendError);
  });

  test("inside another compiled function it is part of that", () => {
    const inner = compile(f);
    const outer = compile((x: Value) => add(inner(x), 1));
    expect(outer(array([0.3])).item()).toBeCloseTo(0.3 * Math.sin(0.3) + 1, 14);
    expect(inner.programs).toHaveLength(0);
  });

  test("a derivative that would be lost is refused", () => {
    const lost = (x: Value) => compile((y: Value) => mul(x, y))(array([2]));
    expect(errorOf(() => grad((x: Value) => sum(lost(x)))(array([1])))).toBeInstanceOf(NotDifferentiableError);
  });
});

describe("what a program would freeze", () => {
  const here = /at .*compile\.test\.ts:\d+:\d+/;
  test("reading a value is refused, with the line", () => {
    const branching = compile((x: Value) => (sum(x).item() > 0 ? x : neg(x)));
    const error = errorOf(() => branching(array([1])));
    expect(error).toBeInstanceOf(BackendError);
    expect(error.message).toMatch(/^compile: a value is read while the function is being recorded at /);
    expect(error.message).toMatch(here);
    expect(errorOf(() => compile((x: Value) => toBackend(x, cpu("float32")))(array([1])))).toBeInstanceOf(BackendError);
  });

  test("values that are known may be read, and any printed", () => {
    const table = array([1, 2]);
    let shown = "";
    const f = compile((x: Value) => {
      shown = `${x}`;
      return mul(mul(x, table.toArray()[1] as number), ndarray(x.backend, 3).item());
    });
    expect(f(array([5])).toNested()).toEqual([30]);
    expect(shown).toBe("NDArray [1] on cpu-float64 (being compiled)");
  });

  test("numbers that differ each time are refused, with the line", () => {
    let calls = 0;
    const numbers = errorOf(() => compile((x: Value) => mul(x, ++calls))(array([1])));
    expect(numbers).toBeInstanceOf(BackendError);
    expect(numbers.message).toMatch("compile: an array is made of other numbers each time the function runs");
    expect(numbers.message).toMatch(here);
    const stream = rng(1);
    expect(() => compile((x: Value) => mul(x, array([stream.uniform()])))(array([1]))).toThrow("made of other numbers each time");
    expect(() => compile((x: Value) => add(x, uniformArray(stream, backend, [1])))(array([1]))).toThrow("made of other numbers each time");
    const work = errorOf(() => compile((x: Value) => (calls++ % 2 === 0 ? sin(x) : neg(x)))(array([1])));
    expect(work.message).toMatch("the function does something else each time it runs");
  });

  test("results that differ each time are refused: other arrays, other shapes, other plain data", () => {
    let calls = 0;
    const odd = () => ++calls % 2 === 1;
    const differs = (f: (x: Value) => unknown) => errorOf(() => compile(f)(array([1, 2])));
    expect(differs((x) => [sin(x), neg(x)][odd() ? 0 : 1]).message).toMatch(here);
    expect(differs((x) => reshape(x, odd() ? [1, 2] : [2, 1])).message).toMatch(
      "there is an array [1, 2] at the root, then an array [2, 1] at the root;",
    );
    expect(differs((x) => ({ z: x, count: ++calls })).message).toMatch(
      /: there is \d+ at \.count, then \d+ at \.count; the program would keep/,
    );
    expect(differs((x) => (odd() ? [x] : [x, x]))).toBeInstanceOf(BackendError);
    expect(differs((x) => (odd() ? { a: x } : { b: x })).message).toMatch("there is { a } at the root, then { b } at the root");
  });

  test("arrays that leave the recording by a side door stand for nothing", () => {
    let kept = array([0]);
    compile((x: Value) => {
      kept = mul(x, 2);
      return x;
    })(array([1]));
    expect(() => kept.toArray()).toThrow("compile: an array was kept from the recording of a compiled function, and it is read");
    expect(() => add(kept, 1)).toThrow("something is computed with it");
    expect(() => compile((x: Value) => mul(x, kept))(array([1]))).toThrow("used in another recording");
  });
});

describe("random streams and functions of the host", () => {
  const noisy = (x: Value, { rng: stream }: { rng: Rng }) => {
    const u = uniformArray(stream, x.backend, x.shape);
    // Drawn and not used: the stream moves on all the same.
    normalArray(stream, x.backend, [2]);
    return add(
      mul(x, u),
      randomArray(stream, x.backend, x.shape, (s) => s.int(10)),
    );
  };
  test("each call draws what the plain function would draw", () => {
    const [mine, plain] = [rng(5), rng(5)];
    const f = compile(noisy);
    for (let i = 0; i < 3; i++) {
      expect(f(array([1, 2, 3]), { rng: mine }).toNested()).toEqual(noisy(array([1, 2, 3]), { rng: plain }).toNested());
      expect(mine.state()).toEqual(plain.state());
    }
    expect(f.programs).toHaveLength(1);
  });

  test("single numbers are refused, with the line", () => {
    const f = compile((x: Value, stream: Rng) => mul(x, stream.normal()));
    const error = errorOf(() => f(array([1]), rng(1)));
    expect(error).toBeInstanceOf(BackendError);
    expect(error.message).toMatch(/a number is taken from a random stream while .* at .*compile\.test\.ts/);
    expect(() => compile((x: Value, s: Rng) => gather(x, s.permutation(2)))(array([1, 2]), rng(1))).toThrow("a permutation is taken");
  });

  test("hostMap calls its function in each run; its derivative is 0", () => {
    const rate = (step: number) => (step < 2 ? 0.5 : 0.25);
    const f = compile((x: Value, step: Value) => [mul(x, hostMap(step, rate)), add(step, 1)] as const);
    let step: Value = ndarray(backend, 0);
    const found = [0, 1, 2].map(() => {
      const [z, next] = f(array([8]), step);
      step = next;
      return z.toArray()[0];
    });
    expect(found).toEqual([4, 4, 2]);
    expect(grad((x: Value) => add(hostMap(x, Math.floor), x))(ndarray(backend, 1.5)).item()).toBe(1);
    expect(() => hostMap(array([1, 2]), rate)).toThrow("hostMap: x has shape [2]; it must have exactly one entry");
  });
});
