import { cpu } from "@paramat/backends";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { add, cos, exp, mul, sin, square, sub, sum, tanh } from "../../src/ops/index.js";
import { checkpoint } from "../../src/transforms/checkpoint.js";
import { grad } from "../../src/transforms/grad.js";
import { hvp } from "../../src/transforms/hvp.js";
import { jvp } from "../../src/transforms/jvp.js";
import { linearize } from "../../src/transforms/linearize.js";
import { vjp } from "../../src/transforms/vjp.js";
import type { Value } from "../../src/value.js";

type Scalar = (x: Value) => Value;

const backend = cpu();
const scalar = (x: number) => ndarray(backend, x);
const one = scalar(1);
/** d/dx by each of the ways there are. */
const ways: Readonly<Record<string, (f: Scalar) => Scalar>> = {
  grad: (f) => grad(f),
  jvp: (f) => (x) => jvp(f, x, one).tangent,
  vjp: (f) => (x) => vjp(f, x).pullback(one),
  "linearize.apply": (f) => (x) => linearize(f, x).apply(one),
  "grad of a checkpoint": (f) => grad(checkpoint(f)),
};
const names = Object.keys(ways);
/** Ways for functions that close over another variable; a checkpoint refuses these. */
const closing = names.filter((name) => name !== "grad of a checkpoint");
const by = (name: string): ((f: Scalar) => Scalar) => ways[name] as (f: Scalar) => Scalar;
const near = (found: Value, expected: number, digits = 12) =>
  expect(Math.abs(found.item() - expected)).toBeLessThanOrEqual(10 ** -digits * Math.max(1, Math.abs(expected)));

describe("derivatives of every order against closed forms", () => {
  const cases: readonly { name: string; f: Scalar; order: readonly ((x: number) => number)[] }[] = [
    { name: "sin", f: sin, order: [Math.sin, Math.cos, (x) => -Math.sin(x), (x) => -Math.cos(x), Math.sin] },
    {
      name: "x⁴",
      f: (x) => mul(mul(x, x), mul(x, x)),
      order: [(x) => x ** 4, (x) => 4 * x ** 3, (x) => 12 * x ** 2, (x) => 24 * x, () => 24],
    },
    {
      name: "exp(x²)",
      f: (x) => exp(square(x)),
      order: [
        (x) => Math.exp(x * x),
        (x) => 2 * x * Math.exp(x * x),
        (x) => (2 + 4 * x * x) * Math.exp(x * x),
        (x) => (12 * x + 8 * x ** 3) * Math.exp(x * x),
        (x) => (12 + 48 * x * x + 16 * x ** 4) * Math.exp(x * x),
      ],
    },
    {
      name: "tanh",
      f: tanh,
      order: [
        Math.tanh,
        (x) => 1 - Math.tanh(x) ** 2,
        (x) => -2 * Math.tanh(x) * (1 - Math.tanh(x) ** 2),
        (x) => (1 - Math.tanh(x) ** 2) * (6 * Math.tanh(x) ** 2 - 2),
        (x) => (1 - Math.tanh(x) ** 2) * (16 * Math.tanh(x) - 24 * Math.tanh(x) ** 3),
      ],
    },
  ];

  test.each(cases)("$name, in every mixture of modes to 4th order", ({ f, order }) => {
    fc.assert(
      fc.property(fc.double({ min: -1.2, max: 1.2, noNaN: true }), fc.array(fc.constantFrom(...names), { maxLength: 4 }), (x, modes) => {
        const nested = modes.reduce((g, name) => by(name)(g), f);
        near(nested(scalar(x)), (order[modes.length] as (x: number) => number)(x), 11);
      }),
      { numRuns: 60 },
    );
  });

  test("mixed partial derivatives of exp(xy): ∂³/∂x²∂y = (2y + xy²) eˣʸ", () => {
    const f = (x: Value, y: Value) => exp(mul(x, y));
    for (const outer of closing) {
      for (const inner of closing) {
        const fy = (x: Value) => by(inner)((y) => f(x, y))(scalar(0.7));
        const [x, y] = [1.3, 0.7];
        near(by(outer)(by(inner)(fy))(scalar(x)), (2 * y + x * y * y) * Math.exp(x * y));
      }
    }
  });
});

describe("perturbations are not confused", () => {
  test.each(names.flatMap((outer) => closing.map((inner) => [outer, inner] as const)))(
    "d/dx x · d/dy (x + y) = 1 by %s of %s",
    (outer, inner) => {
      const f = (x: Value) => mul(x, by(inner)((y) => add(x, y))(scalar(1)));
      expect(by(outer)(f)(scalar(1)).item()).toBe(1);
    },
  );

  // Siskind & Pearlmutter, Perturbation confusion and referential transparency (2005) and Nesting forward-mode AD (2008).
  test.each(closing)("d/dx x · d/dy (x y) at y = 2: 2x, by %s", (way) => {
    const d = by(way);
    expect(d((x) => mul(x, d((y) => mul(x, y))(scalar(2))))(scalar(3)).item()).toBe(6);
  });

  test.each(closing)("the derivative as a value of a curried function, by %s", (way) => {
    // s(x)(g)(y) = g(x + y); D of x ↦ s(x) applied twice to h gives h″, here exp.
    const d = by(way);
    const dOffset =
      (g: Scalar): Scalar =>
      (y) =>
        d((x) => g(add(x, y)))(scalar(0));
    near(dOffset(dOffset(exp))(scalar(1)), Math.exp(1));
    near(dOffset(dOffset(sin))(scalar(1)), -Math.sin(1));
  });

  test("an inner derivative in a variable that happens to have the outer one's numbers", () => {
    const f = (x: Value) => mul(grad((y: Value) => mul(y, y))(x), x);
    // 2x · x
    expect(grad(f)(scalar(3)).item()).toBe(12);
    const g = (x: Value) => grad((y: Value) => mul(x, mul(y, y)))(x);
    // y ↦ x y² at y = x is 2x², so 4x
    expect(grad(g)(scalar(3)).item()).toBe(12);
  });

  test("a closure that holds an outer variable, used at three depths", () => {
    const f = (x: Value) => grad((y: Value) => grad((z: Value) => mul(mul(x, y), mul(z, z)))(y))(x);
    // ∂z: 2xyz at z = y: 2xy²; ∂y: 4xy at y = x: 4x²; ∂x: 8x
    expect(f(scalar(3)).item()).toBe(36);
    expect(grad(f)(scalar(3)).item()).toBe(24);
    expect(jvp(f, scalar(3), one).tangent.item()).toBe(24);
  });

  test("grad inside jvp inside grad: third derivative of x² sin x", () => {
    const f = (x: Value) => mul(mul(x, x), sin(x));
    const found = grad((x: Value) => jvp(grad(f), x, one).tangent)(scalar(0.8));
    const x = 0.8;
    near(found, 6 * Math.cos(x) - 6 * x * Math.sin(x) - x * x * Math.cos(x));
  });

  test("a tangent that itself depends on the variable", () => {
    // d/dx [cos(x)·x²]
    const f = (x: Value) => jvp(sin, x, mul(x, x)).tangent;
    near(grad(f)(scalar(0.5)), -Math.sin(0.5) * 0.25 + Math.cos(0.5));
  });
});

describe("hvp", () => {
  const f = (x: Value) => sum(mul(exp(mul(0.3, x)), mul(cos(x), sum(square(x)))));
  const x = ndarray(backend, [0.4, -1.1, 0.9]);
  const v = ndarray(backend, [1, 0.5, -2]);

  test("forward over reverse, reverse over forward and reverse over reverse agree to rounding", () => {
    const found = [
      hvp(f, x, v),
      grad((x: Value) => jvp(f, x, v).tangent)(x),
      grad((x: Value) => sum(mul(grad(f)(x), v)))(x),
      jvp((x: Value) => vjp(f, x).pullback(one), x, v).tangent,
    ].map((h) => [...h.toArray()]);
    for (const h of found) h.forEach((hi, i) => expect(Math.abs(hi - (found[0]?.[i] as number))).toBeLessThan(1e-13 * 10));
  });

  test("of ½ xᵀ A x is (A + Aᵀ)/2 v", () => {
    const quadratic = (x: Value) => mul(0.5, add(sum(mul(square(x), ndarray(backend, [2, 4, 6]))), 0));
    expect(hvp(quadratic, x, v).toNested()).toEqual([2, 2, -12]);
  });

  test("over trees", () => {
    const g = ({ a, b }: { a: Value; b: Value }) => mul(square(a), b);
    const at = { a: scalar(3), b: scalar(5) };
    // H = [[2b, 2a], [2a, 0]] = [[10, 6], [6, 0]]
    const h = hvp(g, at, { a: scalar(1), b: scalar(10) });
    expect([h.a.item(), h.b.item()]).toEqual([70, 6]);
  });

  test("refuses functions that are not scalar, and directions of another form", () => {
    expect(() => hvp((x: Value) => x, x, v)).toThrow("grad: the function gave an array of shape [3]");
    expect(() => hvp(f, x, scalar(1))).toThrow("one tree has shape [3], the other []");
  });
});

test("the fourth derivative along a line, jvp in jvp in jvp in jvp", () => {
  const f = (x: Value) => sub(sin(x), mul(x, cos(x)));
  const nested = [1, 2, 3, 4].reduce<Scalar>((g) => by("jvp")(g), f);
  const x = 0.6;
  // f′ = x sin x, so f⁗ = (x sin x)‴ = −3 sin x − x cos x
  near(nested(scalar(x)), -3 * Math.sin(x) - x * Math.cos(x));
});
