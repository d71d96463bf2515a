import { cpu } from "@paramat/backends";
import { describe, expect, test } from "vitest";
import { ndarray, zeros } from "../../src/array.js";
import { NotDifferentiableError } from "../../src/errors.js";
import { add, exp, matmul, mul, sin, square, sum } from "../../src/ops/index.js";
import { grad, valueAndGrad } from "../../src/transforms/grad.js";
import type { Value } from "../../src/value.js";

const backend = cpu();
const x = ndarray(backend, [1, 2, 3]);

describe("grad", () => {
  test("∇ Σ x² = 2x", () => {
    expect(grad((x: Value) => sum(mul(x, x)))(x).toNested()).toEqual([2, 4, 6]);
  });

  test("has the form of the argument, a tree of any depth", () => {
    const w = {
      layer: {
        W: ndarray(backend, [
          [1, 2],
          [3, 4],
        ]),
        b: ndarray(backend, [5, 6]),
      },
      scales: [ndarray(backend, 2)],
    };
    // f = s (Σ W u + Σ b) with u = (1, 10): ∂W = s [[1, 10], [1, 10]], ∂b = s, ∂s = (21 + 43 + 11)
    const u = ndarray(backend, [[1], [10]]);
    const f = ({ layer: { W, b }, scales }: typeof w) => mul(scales[0] as Value, add(sum(matmul(W, u)), sum(b)));
    const g = grad(f)(w);
    expect(g.layer.W.toNested()).toEqual([
      [2, 20],
      [2, 20],
    ]);
    expect(g.layer.b.toNested()).toEqual([2, 2]);
    expect(g.scales[0]?.toNested()).toBe(75);
  });

  test("passes further arguments on, undifferentiated", () => {
    const f = (x: Value, factor: number, { shift }: { shift: Value }) => sum(mul(factor, mul(x, shift)));
    expect(grad(f)(x, 3, { shift: ndarray(backend, [1, 0, 2]) }).toNested()).toEqual([3, 0, 6]);
  });

  test("is zero, with the shape of the input, where f ignores it, entirely or in part", () => {
    expect(grad((_: Value) => ndarray(backend, 3))(x).toNested()).toEqual([0, 0, 0]);
    expect(grad(([p]: readonly Value[]) => sum(p as Value))([x, zeros(backend, [2, 2])])[1]?.toNested()).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test("of the identity is 1", () => {
    expect(grad((x: Value) => x)(ndarray(backend, 5)).item()).toBe(1);
  });

  test("adds up where a value is used several times, or stands in the tree twice", () => {
    const s = ndarray(backend, 3);
    // x + x + x·x at 3: 2 + 6
    expect(grad((x: Value) => add(add(x, x), mul(x, x)))(s).item()).toBe(8);
    // The same array as two leaves: each has its own derivative.
    expect(grad(([p, q]: readonly Value[]) => mul(p as Value, square(q as Value)))([s, s]).map((g) => g.item())).toEqual([9, 18]);
  });

  test("gives arrays that nothing watches", () => {
    const { value, gradient } = valueAndGrad((x: Value) => sum(sin(x)))(x);
    expect(value.array).toBe(value);
    expect(gradient.array).toBe(gradient);
  });

  test("on empty arrays", () => {
    expect(grad((x: Value) => sum(exp(x)))(zeros(backend, [0, 2])).shape).toEqual([0, 2]);
  });

  test("refuses what is not a scalar", () => {
    const vector = () => grad((x: Value) => mul(x, x))(x);
    expect(vector).toThrow(NotDifferentiableError);
    expect(vector).toThrow(
      "grad: the function gave an array of shape [3]; a gradient needs a scalar (shape []): reduce it, say with sum(), or use vjp or jacobian",
    );
    expect(() => grad((x: Value) => [sum(x)] as unknown as Value)(x)).toThrow("grad: the function gave something that is not a value");
    // One entry is not yet a scalar.
    expect(() => grad((x: Value) => sum(x, { keepAxes: true }))(x)).toThrow("an array of shape [1]");
  });
});

test("valueAndGrad runs f once", () => {
  let runs = 0;
  const { value, gradient } = valueAndGrad((x: Value) => {
    runs++;
    return sum(square(x));
  })(x);
  expect(runs).toBe(1);
  expect(value.item()).toBe(14);
  expect(gradient.toNested()).toEqual([2, 4, 6]);
});
