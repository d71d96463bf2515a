import { expect, test } from "vitest";
import { call, type Expr, input } from "../../src/expr.js";
import { gpuBackend } from "../../src/gpu/gpu-backend.js";
import { reckonedDriver } from "./reckoned-driver.js";

const launchesOf = (backend: ReturnType<typeof gpuBackend>): number => backend.activity().launches;

test("views of one buffer are one operand; more than six buffers are read in steps, and what lies between is freed", () => {
  const backend = gpuBackend(reckonedDriver());
  const sum = (n: number): Expr => Array.from({ length: n }, (_, k) => input(k)).reduce((s, x) => call("add", s, x));
  const buffers = Array.from({ length: 16 }, (_, k) => backend.upload([k, 10 * k, 100 * k]));
  const launches = (numInputs: number, numBuffers: number): number => {
    const before = launchesOf(backend);
    const views = Array.from({ length: numInputs }, (_, k) => ({ buffer: buffers[k % numBuffers]!, offset: 0, strides: [1] }));
    const result = backend.map(sum(numInputs), [3], views);
    const total = views.reduce((s, _, k) => s + (k % numBuffers), 0);
    expect([...backend.readSync!(result)]).toEqual([total, 10 * total, 100 * total]);
    return launchesOf(backend) - before;
  };
  expect(launches(6, 6)).toBe(1);
  expect(launches(30, 6)).toBe(1);
  expect(launches(7, 7)).toBe(2);
  expect(launches(16, 16)).toBe(3);
  const held = backend.activity().buffers;
  backend.scope(() => launches(16, 16));
  expect(backend.activity().buffers).toBe(held);
});

test("steps of a map through views read each view once, and what they leave as it is", () => {
  const backend = gpuBackend(reckonedDriver());
  const buffers = Array.from({ length: 8 }, (_, k) => backend.upload([k, k + 0.25, k + 0.5, k + 0.75]));
  const views = buffers.map((buffer, k) => ({ buffer, offset: k % 2 === 0 ? 0 : 3, strides: k % 2 === 0 ? [1, 2] : [-2, 0] }));
  const f = views.map((_, k) => input(k)).reduce((s, x) => call("sub", call("mul", s, 0.5), x));
  const expected = [0, 1, 2, 3].map((i) => {
    const [row, col] = [i >> 1, i & 1];
    const entries = views.map(({ offset, strides }, k) => k + (offset + row * strides[0]! + col * strides[1]!) / 4);
    return entries.slice(1).reduce((s, x) => 0.5 * s - x, entries[0]!);
  });
  expect([...backend.readSync!(backend.map(f, [2, 2], views))]).toEqual(expected.map(Math.fround));
});

test("a formula that would cost a compiler too much is cut, and inputs that it does not read are no operands", () => {
  const backend = gpuBackend(reckonedDriver());
  let f: Expr = input(9);
  for (let k = 0; k < 1500; k++) f = call("add", call("mul", f, 0.5), 1);
  const [x, other] = [backend.upload([0, 4]), backend.upload([1])];
  const views = Array.from({ length: 10 }, (_, k) => ({ buffer: k === 9 ? x : other, offset: 0, strides: [1] }));
  expect([...backend.readSync!(backend.map(f, [2], views))]).toEqual([2, 2]);
  expect(launchesOf(backend)).toBe(3);
});

test("axes that lie one after another share a kernel", () => {
  const backend = gpuBackend(reckonedDriver());
  const buffer = backend.upload([1, 2, 3, 4, 5, 6]);
  const f = call("neg", input(0));
  backend.map(f, [2, 3], [{ buffer, offset: 0, strides: [3, 1] }]);
  backend.map(f, [6], [{ buffer, offset: 0, strides: [1] }]);
  backend.map(f, [1, 3, 2], [{ buffer, offset: 0, strides: [9, 2, 1] }]);
  expect(backend.activity().kernels).toBe(1);
});
