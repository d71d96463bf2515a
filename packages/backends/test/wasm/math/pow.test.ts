import { expect, test } from "vitest";
import type { Precision } from "../../../src/backend.js";
import { pow as plain } from "../../../src/expr/scalar-functions.js";
import { pow } from "../../../src/wasm/math/pow.js";
import { describeValues } from "./accuracy.js";
import { exactly, roundings, ulpsApart, uniform } from "./vector-function.js";

/** Bases of every size and near 1, exponents up to where the power leaves the range, and small ones. */
function pairs(precision: Precision, count: number): readonly (readonly [number, number])[] {
  const draw = uniform(2024);
  const fine = () => draw() + draw() / 2 ** 32;
  const round = (x: number) => (precision === "float32" ? Math.fround(x) : x);
  const [exponent, logEnd] = precision === "float32" ? [125, 104] : [1020, 746];
  const bases = [() => 2 ** (exponent * (2 * fine() - 1)), () => 0.5 + fine(), () => Math.SQRT2 - 0.05 * fine(), () => 10 * fine()];
  const exponents = [
    (x: number) => ((2 * fine() - 1) * logEnd) / Math.log(x),
    () => 20 * fine() - 10,
    () => Math.floor(9 * fine()) / 2 - 2,
  ];
  return Array.from({ length: count }, (_, i) => {
    const x = round(bases[i % 4]!());
    return [x, round(exponents[i % 3]!(x))];
  });
}

test.each(["float32", "float64"] as const)("pow is within 2 ulps in %s, however products are rounded", (precision) => {
  const points = pairs(precision, precision === "float32" ? 12000 : 600);
  const [xs, ys] = [points.map(([x]) => x), points.map(([, y]) => y)];
  const truths = points.map(([x, y]) => (precision === "float32" ? x ** y : exactly(x).ln().times(exactly(y)).exp()));
  for (const { rounding, runVector } of roundings) {
    const errors = runVector(precision, pow, xs, ys).map((value, i) => ulpsApart(precision, value, truths[i]!));
    const worst = errors.reduce((most, error, i) => (error <= errors[most]! ? most : i), 0);
    expect(errors[worst], `${rounding}: ${errors[worst]} ulps at ${points[worst]}`).toBeLessThanOrEqual(2);
  }
});

const special = [0, 0.5, 1, 1.5, 2, 3, 4, 5, 17, 2 ** 24 - 1, 2 ** 24, 2 ** 100, 2 ** -100, 2 ** -140, Infinity].flatMap((x) => [x, -x]);
const grid = [...special, Number.NaN].flatMap((x) => [...special, Number.NaN].map((y) => [x, y] as const));
const isEasy = (value: number) => [0, 1, -1, Infinity, -Infinity].includes(value) || Number.isNaN(value);

describeValues(
  "pow",
  pow,
  grid.map(([x, y]) => [x, y, plain(x, y)] as const).filter(([, , value]) => isEasy(value) && isEasy(Math.fround(value))),
);

test.each(roundings)("exponents 2, 3 and −1 are products and a quotient, $rounding", ({ runVector }) => {
  const draw = uniform(99);
  const xs = Array.from({ length: 300 }, () => (draw() - 0.5) * 10 + draw() / 2 ** 30);
  const ys = xs.map((_, i) => [2, 3, -1][i % 3]!);
  expect(runVector("float64", pow, xs, ys)).toEqual(xs.map((x, i) => [x * x, x * x * x, 1 / x][i % 3]));
  const singles = xs.map(Math.fround);
  expect(runVector("float32", pow, singles, ys)).toEqual(singles.map((x, i) => Math.fround([x * x, x * x * x, 1 / x][i % 3]!)));
});

test("negative bases have powers with whole exponents: (−2)⁵ = −32, (−3)⁴ = 81, (−8)^⅓ is not a number", () => {
  for (const precision of ["float32", "float64"] as const) {
    for (const { runVector } of roundings) expect(runVector(precision, pow, [-2, -3, -8], [5, 4, 1 / 3])).toEqual([-32, 81, Number.NaN]);
  }
});
