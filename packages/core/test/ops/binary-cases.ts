import * as ops from "../../src/index.js";
import { at, type PointwiseCase, pointwise, wide } from "./pointwise-case.js";

const { abs, exp, log, PI } = Math;
const apart = (a: number, b: number) => abs(a - b);
const toBounds = (x: number, lo: number, hi: number) => Math.min(abs(x - lo), abs(x - hi));
const ends = at(NaN, 1, NaN);

/** Ops of two and three arguments: arithmetic, comparisons, choices. */
export const binaryCases: readonly PointwiseCase[] = [
  pointwise("add", ops.add, (a, b) => a + b, [wide, wide], [at(2, 3, 5)]),
  pointwise("sub", ops.sub, (a, b) => a - b, [wide, wide], [at(5, 3, 2)]),
  pointwise("mul", ops.mul, (a, b) => a * b, [wide, wide], [at(2, -3, -6)]),
  pointwise("div", ops.div, (a, b) => a * (1 / b), [wide, [0.5, 3]], [at(7, 2, 3.5), at(1, 0, Infinity), at(0, 0, NaN)]),
  pointwise(
    "pow",
    ops.pow,
    (a, b) => exp(b * log(a)),
    [[0.3, 3], wide],
    [at(2, 10, 1024), at(4, 0.5, 2), at(-2, 3, -8), at(0, 0, 1), at(-1, 0.5, NaN)],
  ),
  pointwise("atan2", ops.atan2, halfAngle, [[0.3, 3], wide], [at(1, -1, 0.75 * PI), at(0, 0, 0), at(-2, 0, -PI / 2)]),
  pointwise("minimum", ops.minimum, (a, b) => (a < b ? a : b), [wide, wide], [at(2, -1, -1), ends], apart),
  pointwise("maximum", ops.maximum, (a, b) => (a > b ? a : b), [wide, wide], [at(2, -1, 2), ends], apart),
  pointwise("equal", ops.equal, (a, b) => Number(a === b), [wide, wide], [at(2, 2, 1), at(2, 3, 0), at(NaN, NaN, 0)], apart),
  pointwise("notEqual", ops.notEqual, (a, b) => Number(a !== b), [wide, wide], [at(2, 2, 0), at(2, 3, 1), at(NaN, NaN, 1)], apart),
  pointwise("less", ops.less, (a, b) => Number(a < b), [wide, wide], [at(2, 3, 1), at(2, 2, 0), at(NaN, 1, 0)], apart),
  pointwise("lessEqual", ops.lessEqual, (a, b) => Number(a <= b), [wide, wide], [at(2, 2, 1), at(3, 2, 0)], apart),
  pointwise("greater", ops.greater, (a, b) => Number(a > b), [wide, wide], [at(3, 2, 1), at(2, 2, 0)], apart),
  pointwise("greaterEqual", ops.greaterEqual, (a, b) => Number(a >= b), [wide, wide], [at(2, 2, 1), at(2, 3, 0)], apart),
  pointwise(
    "clip",
    ops.clip,
    limited,
    [wide, [-2, -1], [1, 2]],
    [at(5, 0, 2, 2), at(-5, 0, 2, 0), at(1, 0, 2, 1), at(NaN, 0, 2, NaN)],
    toBounds,
  ),
  pointwise("where", ops.where, (c, a, b) => (c !== 0 ? a : b), [[1, 2], wide, wide], [at(1, 5, 7, 5), at(0, 5, 7, 7), at(0, NaN, 7, 7)]),
];

/** The angle of (x, y), y > 0, from the tangent of its half. */
function halfAngle(y: number, x: number): number {
  return 2 * Math.atan(y / (Math.hypot(x, y) + x));
}

function limited(x: number, lo: number, hi: number): number {
  return Math.min(Math.max(x, lo), hi);
}
