import { cpu } from "@paramat/backends";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { ShapeError } from "../../src/errors.js";
import { add, mul, sin, sum, transpose } from "../../src/ops/index.js";
import { grad } from "../../src/transforms/grad.js";
import { jvp } from "../../src/transforms/jvp.js";
import { linearize } from "../../src/transforms/linearize.js";
import { stopGradient } from "../../src/transforms/stop-gradient.js";
import { vjp } from "../../src/transforms/vjp.js";
import type { Value } from "../../src/value.js";

const backend = cpu();
const x = ndarray(backend, [1, 2, 3]);
const array = (values: number | number[] | number[][]) => ndarray(backend, values);

describe("jvp", () => {
  test("value and tangent: d(x²) = 2x dx", () => {
    const { value, tangent } = jvp((x: Value) => mul(x, x), x, array([1, 0, -1]));
    expect(value.toNested()).toEqual([1, 4, 9]);
    expect(tangent.toNested()).toEqual([2, 0, -6]);
  });

  test("of trees to trees", () => {
    const f = ({ a, b }: { a: Value; b: Value }) => ({ product: mul(a, b), both: [a, add(a, b)] });
    const at = { a: array([2, 3]), b: array(5) };
    const { tangent } = jvp(f, at, { a: array([1, 0]), b: array(10) });
    expect(tangent.product.toNested()).toEqual([25, 30]);
    expect(tangent.both.map((t) => t.toNested())).toEqual([
      [1, 0],
      [11, 10],
    ]);
  });

  test("is zero for results that do not depend on x", () => {
    const { tangent } = jvp((_: Value) => [array([7, 8])], x, x);
    expect(tangent[0]?.toNested()).toEqual([0, 0]);
  });

  test("refuses tangents of another form", () => {
    expect(() => jvp((x: Value) => x, x, array([1, 2]))).toThrow(
      new ShapeError("linearize.apply: at the root one tree has shape [3], the other [2]; they must agree"),
    );
  });
});

describe("vjp", () => {
  test("pulls back: Jᵀ ct = 2x ct", () => {
    const { value, pullback } = vjp((x: Value) => mul(x, x), x);
    expect(value.toNested()).toEqual([1, 4, 9]);
    expect(pullback(array([1, 0, -1])).toNested()).toEqual([2, 0, -6]);
  });

  test("a pullback may be called again, later, with other cotangents", () => {
    const { pullback } = vjp((x: Value) => sin(x), x);
    const first = pullback(array([1, 0, 0])).toNested();
    grad((x: Value) => sum(mul(x, x)))(x);
    expect(sum(pullback(array([0, 1, 0]))).item()).toBe(Math.cos(2));
    expect(pullback(array([1, 0, 0])).toNested()).toEqual(first);
  });

  test("a pullback can be differentiated in its cotangent", () => {
    const { pullback } = vjp((x: Value) => mul(x, x), x);
    // ct ↦ ⟨2x ct, (1, 1, 1)⟩ has gradient 2x.
    expect(grad((ct: Value) => sum(pullback(ct)))(x).toNested()).toEqual([2, 4, 6]);
  });

  test("a pullback made under a grad is differentiated with it", () => {
    // Σ (2x · x) = 2 Σ x²
    const f = (x: Value) => sum(vjp((y: Value) => mul(y, y), x).pullback(x));
    expect(grad(f)(x).toNested()).toEqual([4, 8, 12]);
  });

  test("a pullback that outlives a grad takes that one's values as constants", () => {
    const kept: ((ct: Value) => Value)[] = [];
    grad((x: Value) => {
      const { value, pullback } = vjp((y: Value) => mul(y, y), x);
      kept.push(pullback);
      return sum(value);
    })(x);
    const [pullback] = kept as [(ct: Value) => Value];
    expect(pullback(array([1, 1, 1])).toNested()).toEqual([2, 4, 6]);
    expect(grad((ct: Value) => sum(pullback(ct)))(x).toNested()).toEqual([2, 4, 6]);
  });

  test("a result that appears twice collects both cotangents", () => {
    const { pullback } = vjp((x: Value) => [x, x, mul(2, x)], x);
    expect(pullback([array([1, 0, 0]), array([0, 1, 0]), array([1, 1, 1])]).toNested()).toEqual([3, 3, 2]);
  });

  test("refuses cotangents of another form", () => {
    const { pullback } = vjp((x: Value) => transpose(mul(x, array([[1], [2]]))), x);
    expect(() =>
      pullback(
        array([
          [1, 2, 3],
          [4, 5, 6],
        ]),
      ),
    ).toThrow("linearize.applyTranspose: at the root one tree has shape [3, 2], the other [2, 3]; they must agree");
  });
});

describe("linearize", () => {
  test("runs f once for any number of products, which are transposes of each other", () => {
    let runs = 0;
    const J = linearize((x: Value) => {
      runs++;
      return mul(x, sum(x));
    }, x);
    // J = s I + x 1ᵀ with s = 6
    expect(J.value.toNested()).toEqual([6, 12, 18]);
    expect(J.apply(array([1, 0, 0])).toNested()).toEqual([7, 2, 3]);
    expect(J.apply(array([0, 1, 0])).toNested()).toEqual([1, 8, 3]);
    expect(J.applyTranspose(array([1, 0, 0])).toNested()).toEqual([7, 1, 1]);
    expect(runs).toBe(1);
  });

  test("J is linear, and differentiable in dx", () => {
    const J = linearize((x: Value) => mul(x, x), x);
    expect(grad((dx: Value) => sum(J.apply(dx)))(x).toNested()).toEqual([2, 4, 6]);
  });
});

describe("stopGradient", () => {
  test("holds the numbers of a tree constant", () => {
    // x · const(x): the derivative is x, not 2x.
    expect(grad((x: Value) => sum(mul(x, stopGradient(x))))(x).toNested()).toEqual([1, 2, 3]);
    const f = (x: Value) => sum(mul(x, stopGradient({ inner: [x] }).inner[0] as Value));
    expect(grad(f)(x).toNested()).toEqual([1, 2, 3]);
  });

  test("stops every transform and every order", () => {
    expect(jvp((x: Value) => stopGradient(mul(x, x)), x, x).tangent.toNested()).toEqual([0, 0, 0]);
    expect(grad((x: Value) => sum(grad((y: Value) => sum(mul(stopGradient(x), mul(y, y))))(x)))(x).toNested()).toEqual([2, 4, 6]);
  });
});
