import { cpu } from "@paramat/backends";
import { expect, test } from "vitest";
import type { Value } from "../../src/index.js";
import * as ops from "../../src/index.js";
import { ndarray } from "../../src/index.js";
import { requireKnownOptions } from "../../src/ops/known-options.js";

const x = ndarray(cpu("float64"), [[1, 2]]);
type WithOptions = (x: Value, options?: object) => unknown;

const overAxes: readonly (readonly [name: string, f: WithOptions])[] = [
  ["sum", ops.sum],
  ["mean", ops.mean],
  ["prod", ops.prod],
  ["max", ops.max],
  ["min", ops.min],
  ["logsumexp", ops.logsumexp],
  ["norm", ops.norm],
  ["variance", ops.variance],
  ["std", ops.std],
  ["dot", (x, options) => ops.dot(x, x, options)],
];

test.each(overAxes)("%s refuses axis for axes, under its own name", (name, f) => {
  expect(() => f(x, { axis: 0 })).toThrow(new TypeError(`${name}: unknown option axis; did you mean axes?`));
  expect(() => f(x, { axes: 0, keepaxes: true })).toThrow(new TypeError(`${name}: unknown option keepaxes; did you mean keepAxes?`));
  expect(() => f(x, { axes: 0, keepAxes: true })).not.toThrow();
});

const alongAxis: readonly (readonly [name: string, f: WithOptions])[] = [
  ["softmax", ops.softmax],
  ["logSoftmax", ops.logSoftmax],
  ["argmax", ops.argmax],
  ["cumsum", ops.cumsum],
  ["concat", (x, options) => ops.concat([x, x], options)],
  ["stack", (x, options) => ops.stack([x, x], options)],
  ["gather", (x, options) => ops.gather(x, [0], options)],
  ["scatterAdd", (x, options) => ops.scatterAdd(x, [0], 1, options)],
];

test.each(alongAxis)("%s refuses axes for axis, under its own name", (name, f) => {
  expect(() => f(x, { axes: 0 })).toThrow(new TypeError(`${name}: unknown option axes; did you mean axis?`));
  expect(() => f(x, { axis: 0 })).not.toThrow();
});

test("a name like none of those known is answered by all of them", () => {
  expect(() => requireKnownOptions("sum", { dim: 0 }, ["axes", "keepAxes"])).toThrow(
    new TypeError("sum: unknown option dim; it takes axes and keepAxes"),
  );
});

test("mean names itself in what it says of axes", () => {
  expect(() => ops.mean(x, { axes: 2 })).toThrow("mean: axis 2 is outside an array of 2 axes; it must be an integer in -2 … 1");
});
