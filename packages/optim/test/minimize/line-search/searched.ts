import { mul, ndarray } from "@paramat/core";
import type { LineSearch } from "@paramat/optim";
import fc from "fast-check";
import { problemOf } from "../../../src/minimize/problem.js";
import { backend, rosenbrock } from "../problems.js";

export const scalar = (x: number) => ndarray(backend, [x]);

/** φ along the negative gradient of Rosenbrock's function, from a point drawn. */
export async function searched(search: LineSearch, x: readonly number[], initial: number) {
  const params = ndarray(backend, x);
  const problem = problemOf("test", rosenbrock, params, {});
  const from = await problem.pointAt(params);
  const slope = -(from.gradientNorm ** 2);
  const found = await search(problem, { from, direction: mul(-1, from.gradient), slope, initial });
  const after = found && -found.point.gradient.toArray().reduce((s, g, i) => s + g * (from.gradient.toArray()[i] as number), 0);
  return { from, slope, found, after };
}

export const point = fc
  .tuple(fc.double({ min: -2, max: 2, noNaN: true }), fc.double({ min: 1.5, max: 5, noNaN: true }))
  .map(([a, b]) => [a, a * a + b]);
export const initial = fc.double({ min: -12, max: 8, noNaN: true }).map((x) => 2 ** x);
