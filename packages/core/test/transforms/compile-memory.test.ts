import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { cpu } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { BackendError } from "../../src/errors.js";
import { add, maxPool, mul, reshape, sin, sub, sum } from "../../src/ops/index.js";
import { compile } from "../../src/transforms/compile.js";
import type { Value } from "../../src/value.js";

const backend = cpu();
const array = (values: readonly number[]) => ndarray(backend, values);

/** Bytes of objects and of arrays that are in use, once garbage is collected. */
function usedHeap(): number {
  setFlagsFromString("--expose-gc");
  (runInNewContext("gc") as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** What a call throws. */
function errorOf(call: () => unknown): Error {
  try {
    call();
  } catch (error) {
    return error as Error;
  }
  throw new Error("nothing was thrown");
}

describe("state carried from call to call", () => {
  const momentum = ({ x, v }: { x: Value; v: Value }) => {
    const next = add(mul(0.9, v), x);
    return { x: sub(x, mul(0.1, next)), v: next };
  };
  test("equals fresh results, and stays until the call after the next", () => {
    const [carried, fresh] = [compile(momentum, { carry: true }), compile(momentum)];
    let a = { x: array([1, 2]), v: array([0, 0]) };
    let b = a;
    for (let i = 0; i < 20; i++) {
      const before = a;
      const numbers = before.x.toNested();
      a = carried(a);
      b = fresh(b);
      expect(a.x.toNested()).toEqual(b.x.toNested());
      expect(before.x.toNested()).toEqual(numbers);
    }
  });

  test("a result that is exchanged with another is not overwritten while it is read", () => {
    const f = ([a, b]: readonly Value[]) => [b as Value, add(a as Value, b as Value)];
    const carried = compile(f, { carry: true });
    let [x, y] = [[array([1]), array([1])] as readonly Value[], [array([1]), array([1])] as readonly Value[]];
    for (let i = 0; i < 12; i++) [x, y] = [carried(x), f(y)];
    expect(x.map((z) => z.toNested())).toEqual(y.map((z) => z.toNested()));
    expect(x[1]?.toNested()).toEqual([377]);
  });

  test("an older result is refused, read or passed in", () => {
    const f = compile((x: Value) => add(x, 1), { carry: true });
    const first = f(array([1]));
    const second = f(first);
    f(second);
    expect(errorOf(() => first.toArray())).toBeInstanceOf(BackendError);
    expect(() => f(first)).toThrow("is used after the call after the next has begun");
    expect(() => add(first, 1)).toThrow("compile: a result of a function compiled with { carry: true }");
  });

  test("another view of a result lasts no longer than the result", () => {
    const step = compile((x: Value) => add(x, 1), { carry: true });
    const state = step(array([1, 2]));
    const views = [reshape(state, [2, 1]), compile((x: Value) => reshape(x, [2, 1]))(state)];
    step(step(state));
    for (const view of views) expect(() => view.toArray()).toThrow("is used after the call after the next has begun");
  });

  test("another program takes a result as an argument, not from outside, where later results would replace it", () => {
    const step = compile((x: Value) => add(x, 1), { carry: true });
    const state = step(array([1, 2]));
    expect(() => compile((x: Value) => mul(x, state))(array([1, 1]))).toThrow(
      "compile: the function takes a result of a function compiled with",
    );
    expect(compile((x: Value, y: Value) => mul(x, y))(array([1, 1]), state).toNested()).toEqual([2, 3]);
    const copy = mul(state, 1);
    const scaled = compile((x: Value) => mul(x, copy));
    for (let i = 0, x = state; i < 4; i++) x = step(x);
    expect(scaled(array([1, 1])).toNested()).toEqual([2, 3]);
  });
});

test("ten thousand runs do not make the heap grow", () => {
  const f = compile(
    (x: Value) => {
      const pooled = maxPool(reshape(sin(x), [1, 64, 1]), { window: 2 });
      return add(mul(x, 0.5), sum(pooled));
    },
    { carry: true },
  );
  let x: Value = array(Array.from({ length: 64 }, (_, i) => i));
  const run = (times: number) => {
    for (let i = 0; i < times; i++) x = f(x);
  };
  run(2000);
  const before = usedHeap();
  run(10_000);
  // 10,000 results kept would be 5 MB of numbers and as much of objects.
  expect(usedHeap() - before).toBeLessThan(1e6);
  expect(f.programs).toHaveLength(1);
});

test("what a program takes from outside is kept, whatever scope it was made in", () => {
  const scoped = wasm({ precision: "float64" });
  const ones = ndarray(scoped, [1, 1]);
  const inside = compile((x: Value) => scoped.scope(() => mul(x, ndarray(scoped, [2, 3]))));
  const functions = [inside];
  scoped.scope(() => {
    const weights = ndarray(scoped, [4, 5]);
    const outside = compile((x: Value) => mul(x, weights));
    expect(outside(ones).toNested()).toEqual([4, 5]);
    functions.push(outside);
  });
  expect(functions.map((f) => f(ones).toNested())).toEqual([
    [2, 3],
    [4, 5],
  ]);
  // What was made in the place of a freed array would show.
  const others = Array.from({ length: 8 }, () => ndarray(scoped, [7, 7]));
  expect(functions.map((f) => f(others[0] as Value).toNested())).toEqual([
    [14, 21],
    [28, 35],
  ]);
});

test("constants that a function makes on the backend itself outlive the scope of its first call", () => {
  const scoped = wasm({ precision: "float64" });
  const f = compile((x: Value) => mul(x, ndarray(scoped, [2, 3])));
  const run = () =>
    scoped.scope(() => {
      const x = ndarray(scoped, [1, 1]);
      return f(x).toNested();
    });
  expect([run(), run(), run()]).toEqual([
    [2, 3],
    [2, 3],
    [2, 3],
  ]);
});
