import { cpu } from "@paramat/backends";
import { expect, test } from "vitest";
import { grad, hessian, ndarray, norm, sum, type Value } from "../../src/index.js";

const backend = cpu("float64");
const x = ndarray(backend, [3, -4]);

test("of [3, −4]: 7, 5, 4, and (27 + 64)^{1/3}", () => {
  expect([1, 2, Infinity].map((p) => norm(x, { p }).item())).toEqual([7, 5, 4]);
  expect(norm(x).item()).toBe(5);
  expect(norm(x, { p: 3 }).item()).toBeCloseTo(91 ** (1 / 3), 14);
});

test("gradient: sign x, x/‖x‖, the largest entry, sign x (|x|/‖x‖)^{p−1}", () => {
  const gradient = (p: number) => grad((x: Value) => norm(x, { p }))(x).toArray();
  expect([...gradient(1)]).toEqual([1, -1]);
  expect([...gradient(2)]).toEqual([0.6, -0.8]);
  expect([...gradient(Infinity)]).toEqual([0, -1]);
  [9, -16].forEach((numerator, i) => expect(gradient(3)[i]).toBeCloseTo(numerator / 91 ** (2 / 3), 14));
});

test("∇²‖x‖ = (I − x xᵀ/‖x‖²)/‖x‖", () => {
  const found = hessian((x: Value) => norm(x))(x).toArray();
  [16 / 125, 12 / 125, 12 / 125, 9 / 125].forEach((entry, i) => expect(found[i]).toBeCloseTo(entry, 15));
});

test("where it is 0 the gradient is 0, for every p, and no NaN", () => {
  const rows = ndarray(backend, [
    [0, 0],
    [3, 4],
  ]);
  for (const p of [1, 1.5, 2, 3, Infinity]) {
    const f = (x: Value) => sum(norm(x, { p, axes: 1 }));
    expect(
      grad(f)(rows)
        .toArray()
        .slice(0, 2)
        .map((entry) => entry + 0),
    ).toEqual(new Float64Array(2));
    if (p >= 2) expect(hessian(f)(rows).toArray().some(Number.isNaN)).toBe(false);
  }
});

test("neither huge nor tiny entries overflow or vanish", () => {
  expect(norm(ndarray(backend, [3e200, -4e200])).item() / 5e200).toBeCloseTo(1, 15);
  expect(norm(ndarray(backend, [3e-200, -4e-200])).item() / 5e-200).toBeCloseTo(1, 15);
  expect(norm(ndarray(cpu("float32"), [3e25, 4e25])).item() / 5e25).toBeCloseTo(1, 6);
  expect(norm(ndarray(backend, [3e200, -4e200]), { p: 4 }).item() / 1e200).toBeCloseTo(337 ** 0.25, 14);
  expect(norm(ndarray(backend, [1, -Infinity])).item()).toBe(Infinity);
});

test("the norm of nothing is 0", () => {
  for (const p of [1, 2, 3, Infinity]) expect(norm(ndarray(backend, [], [2, 0]), { p, axes: 1 }).toNested()).toEqual([0, 0]);
});

test("refuses p < 1 and NaN", () => {
  expect(() => norm(x, { p: 0.5 })).toThrow(new RangeError("norm: p is 0.5; it must be ≥ 1, or Infinity for the largest modulus"));
  expect(() => norm(x, { p: NaN })).toThrow("norm: p is NaN; it must be ≥ 1");
});
