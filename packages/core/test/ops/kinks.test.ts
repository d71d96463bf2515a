import { cpu } from "@paramat/backends";
import { expect, test } from "vitest";
import * as ops from "../../src/index.js";
import { grad, ndarray, type Value } from "../../src/index.js";

const backend = cpu("float64");

/** What the docstrings promise where there is no derivative: [name, f, arguments, gradient]. */
const kinks: readonly (readonly [
  name: string,
  f: (...args: readonly Value[]) => Value,
  at: readonly number[],
  gradient: readonly number[],
])[] = [
  ["relu", ops.relu, [0], [0]],
  ["leakyRelu", ops.leakyRelu, [0, 0.25], [0.25, 0]],
  ["elu", ops.elu, [0, 2], [2, 0]],
  ["selu", ops.selu, [0], [1.0507009873554805 * 1.6732632423543772]],
  ["hardTanh", ops.hardTanh, [1], [1]],
  ["hardTanh", ops.hardTanh, [-1], [1]],
  ["abs", ops.abs, [0], [0]],
  ["softsign", ops.softsign, [0], [1]],
  ["sign", ops.sign, [0], [0]],
  ["floor", ops.floor, [2], [0]],
  ["ceil", ops.ceil, [2], [0]],
  ["round", ops.round, [2.5], [0]],
  ["sqrt", ops.sqrt, [0], [Infinity]],
  ["asin", ops.asin, [1], [Infinity]],
  ["acos", ops.acos, [1], [-Infinity]],
  ["atan2", ops.atan2, [0, 0], [NaN, NaN]],
  // x/(x² + y²), −y/(x² + y²), whose squares would overflow or vanish
  ["atan2", ops.atan2, [2 ** -700, 2 ** -700], [2 ** 699, -(2 ** 699)]],
  ["atan2", ops.atan2, [2 ** 700, 2 ** 700], [2 ** -701, -(2 ** -701)]],
  ["atan2", ops.atan2, [-(2 ** -700), 2 ** -701], [2 ** 701 / 5, 2 ** 702 / 5]],
  ["atan2", ops.atan2, [3, -4], [-4 / 25, -3 / 25]],
  ["atan2", ops.atan2, [3, 0], [0, -1 / 3]],
  ["atan2", ops.atan2, [0, -4], [-1 / 4, 0]],
  ["relu", ops.relu, [NaN], [1]],
  ["hardTanh", ops.hardTanh, [NaN], [1]],
  ["silu", ops.silu, [-Infinity], [0]],
  ["gelu", ops.gelu, [-Infinity], [0]],
  ["softsign", ops.softsign, [Infinity], [0]],
  ["softsign", ops.softsign, [-Infinity], [0]],
  ["minimum", ops.minimum, [2, 2], [0.5, 0.5]],
  ["maximum", ops.maximum, [2, 2], [0.5, 0.5]],
  ["clip", ops.clip, [1, 1, 3], [1, 0, 0]],
  ["clip", ops.clip, [3, 1, 3], [1, 0, 0]],
  ["clip", ops.clip, [4, 1, 3], [0, 0, 1]],
  ["equal", ops.equal, [2, 2], [0, 0]],
  ["pow", ops.pow, [0, 0], [0, 0]],
  ["pow", ops.pow, [0, 1], [1, 0]],
  ["pow", ops.pow, [0, 2], [0, 0]],
  ["pow", ops.pow, [0, 0.5], [Infinity, 0]],
  ["pow", ops.pow, [-2, 3], [12, NaN]],
];

test.each(kinks)("%s′ at a kink is what its docstring says (%#)", (_name, f, at, gradient) => {
  const found = grad((x: readonly Value[]) => f(...x))(at.map((entry) => ndarray(backend, entry)));
  found.forEach((g, i) => {
    // −0 and 0 are the same derivative.
    expect(g.item() + 0).toBe(gradient[i]);
  });
});

test("pow keeps second derivatives finite at 0 where they exist: (x²)″ = 2, x″ = 0", () => {
  const second = (n: number) => grad(grad((x: Value) => ops.pow(x, n)))(ndarray(backend, 0)).item() + 0;
  expect([second(1), second(2), second(3)]).toEqual([0, 2, 0]);
});

test("where does no harm by the branch not taken", () => {
  const x = ndarray(backend, [-1, 4]);
  const gradient = grad((x: Value) => ops.sum(ops.where(ops.greater(x, 0), ops.mul(x, x), ops.neg(x))))(x);
  expect(gradient.toNested()).toEqual([-1, 8]);
  const guarded = grad((x: Value) => ops.sum(ops.where(ops.greater(x, 0), ops.sqrt(ops.where(ops.greater(x, 0), x, 1)), 0)))(x);
  expect(guarded.toNested()).toEqual([0, 0.25]);
});

test("limits at ±∞ are values", () => {
  const ends = ndarray(backend, [-Infinity, Infinity]);
  expect(ops.silu(ends).toNested()).toEqual([0, Infinity]);
  expect(ops.gelu(ends).toNested()).toEqual([0, Infinity]);
  expect(ops.softsign(ends).toNested()).toEqual([-1, 1]);
  for (const f of [ops.silu, ops.gelu, ops.softsign]) expect(f(ndarray(backend, NaN)).item()).toBeNaN();
});

test("atan2 at (10⁻²⁰⁰, 10⁻²⁰⁰) has derivative ±5·10¹⁹⁹", () => {
  const tiny = ndarray(backend, 1e-200);
  const [dy, dx] = grad((point: readonly Value[]) => ops.atan2(point[0] as Value, point[1] as Value))([tiny, tiny]) as [Value, Value];
  expect(Math.abs(dy.item() / 5e199 - 1)).toBeLessThan(1e-15);
  expect(Math.abs(dx.item() / -5e199 - 1)).toBeLessThan(1e-15);
});

test("default slopes: leakyRelu 0.01, elu 1", () => {
  const x = ndarray(backend, [-2, 2]);
  expect(ops.leakyRelu(x).toNested()).toEqual([-0.02, 2]);
  expect(ops.elu(x).toNested()).toEqual([Math.expm1(-2), 2]);
});
