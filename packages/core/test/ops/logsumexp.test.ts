import { cpu } from "@paramat/backends";
import { checkDerivatives } from "@paramat/core/check";
import { expect, test } from "vitest";
import { grad, hessian, logsumexp, ndarray, sum, type Value } from "../../src/index.js";

const backend = cpu("float64");
const { LN2 } = Math;

test("log(e^{log 1} + e^{log 2} + e^{log 5}) = log 8, with weights 1/8, 2/8, 5/8", () => {
  const x = ndarray(backend, [0, LN2, Math.log(5)]);
  expect(logsumexp(x).item()).toBeCloseTo(3 * LN2, 14);
  const gradient = grad((x: Value) => logsumexp(x))(x).toArray();
  [1, 2, 5].forEach((weight, i) => expect(gradient[i]).toBeCloseTo(weight / 8, 14));
});

test("∇² = diag p − p pᵀ", () => {
  const found = hessian((x: Value) => logsumexp(x))(ndarray(backend, [0, Math.log(3)])).toArray();
  [3 / 16, -3 / 16, -3 / 16, 3 / 16].forEach((entry, i) => expect(found[i]).toBeCloseTo(entry, 14));
});

test("keeps a result near 0 and the curvature of a weight near 1: log(1 + e⁻⁴⁰), p₀p₁ = e⁻⁴⁰", () => {
  const x = ndarray(backend, [0, -40]);
  const small = Math.exp(-40);
  expect(Math.abs(logsumexp(x).item() - small)).toBeLessThan(1e-15 * small);
  hessian((x: Value) => logsumexp(x))(x)
    .toArray()
    .forEach((entry, i) => expect(Math.abs(entry - (i === 0 || i === 3 ? small : -small))).toBeLessThan(1e-15 * small));
});

test("entries that tie are all counted: log(3 + e⁻²)", () => {
  expect(logsumexp(ndarray(backend, [5, 3, 5, 5])).item()).toBeCloseTo(5 + Math.log(3 + Math.exp(-2)), 14);
});

test("entries of ±1000 neither overflow nor vanish", () => {
  expect(logsumexp(ndarray(backend, [1000, 1000])).item()).toBeCloseTo(1000 + LN2, 11);
  expect(logsumexp(ndarray(backend, [-1000, -1000])).item()).toBeCloseTo(-1000 + LN2, 11);
  expect(grad((x: Value) => logsumexp(x))(ndarray(backend, [1000, -1000])).toNested()).toEqual([1, 0]);
});

test("entries of −∞ have no weight; nothing but −∞ gives −∞ and derivative 0; +∞ gives +∞", () => {
  const rows = ndarray(backend, [
    [0, -Infinity],
    [-Infinity, -Infinity],
    [Infinity, 0],
  ]);
  expect(logsumexp(rows, { axes: 1 }).toNested()).toEqual([0, -Infinity, Infinity]);
  const gradient = grad((x: Value) => sum(logsumexp(x, { axes: 1 })))(rows).toNested();
  expect(gradient).toEqual([
    [1, 0],
    [0, 0],
    [NaN, 0],
  ]);
});

test("passes the checker over one axis and over two", () => {
  const x = ndarray(backend, [
    [0.3, -1.2, 0.8],
    [1.1, 0.4, -0.7],
  ]);
  for (const axes of [[0], [1], [0, 1]]) {
    const report = checkDerivatives((x: Value) => logsumexp(x, { axes }), x);
    expect(report.ok, String(report)).toBe(true);
  }
});
