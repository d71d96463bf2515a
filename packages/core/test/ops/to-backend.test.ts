import { type Backend, cpu } from "@paramat/backends";
import { add, BackendError, grad, jvp, mul, ndarray, sum, toBackend, type Value } from "@paramat/core";
import { expect, test } from "vitest";
import { backend, expectEveryOrder, expectLinear, randomArray } from "./linear-laws.js";

const single = cpu("float32");

test("moves the numbers, rounded to the other precision", () => {
  const x = ndarray(backend, [1, 0.1]);
  const moved = toBackend(x, single);
  expect(moved.backend).toBe(single);
  expect(moved.toArray()).toEqual(Float64Array.of(1, Math.fround(0.1)));
  expect(toBackend(x, backend)).toBe(x);
});

test("between backends of one precision it is linear, to every order", () => {
  const other = cpu("float64");
  const there = (x: Value) => toBackend(mul(toBackend(x, other), 2), backend);
  for (const shape of [[], [0], [2, 3]]) expectLinear(there, randomArray(shape, 1));
  expectEveryOrder(there, randomArray([3], 2));
});

test("cotangents come home, tangents go along", () => {
  const x = ndarray(backend, [1, 2]);
  const f = (v: Value) => {
    const moved = toBackend(v, single);
    return sum(mul(moved, moved));
  };
  const slope = grad(f)(x);
  expect(slope.backend).toBe(backend);
  expect(slope.toNested()).toEqual([2, 4]);
  const { tangent } = jvp(f, x, ndarray(backend, [1, 1]));
  expect(tangent.backend).toBe(single);
  expect(tangent.item()).toBe(6);
});

test("arrays of two backends meet only after a move", () => {
  const [x, y] = [ndarray(backend, [1]), ndarray(single, [2])];
  expect(() => add(x, y)).toThrow(new BackendError("add: arrays live on cpu-float64 and cpu-float32; move one with toBackend(x, backend)"));
  expect(add(toBackend(x, single), y).toNested()).toEqual([3]);
});

test("refuses a backend that cannot be read without waiting", () => {
  const { readSync: _, ...rest } = cpu();
  const waiting: Backend = { ...rest, name: "remote" };
  expect(() => toBackend(ndarray(waiting, [1]), backend)).toThrow(
    new BackendError("toBackend: remote cannot be read without waiting; use `ndarray(backend, await x.read(), x.shape)`"),
  );
});
