import { cpu } from "@paramat/backends";
import { checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { LawError, NotDifferentiableError, ShapeError } from "../../src/errors.js";
import { cos, exp, mul, neg, sin, sum } from "../../src/ops/index.js";
import { customDerivative } from "../../src/transforms/custom-derivative.js";
import { grad } from "../../src/transforms/grad.js";
import { jvp } from "../../src/transforms/jvp.js";
import { vjp } from "../../src/transforms/vjp.js";
import type { Tree } from "../../src/tree.js";
import type { Value } from "../../src/value.js";

const backend = cpu();
const x = ndarray(backend, [0.5, -1.2, 2]);
type Ins = readonly Value[];
const first = ([v]: Ins) => v as Value;

const byBoth = customDerivative({
  name: "sin",
  f: (v) => sin(v as Value),
  jvp: (ins, [dx]) => mul(cos(first(ins)), dx as Value),
  vjp: (ins, ct) => [mul(cos(first(ins)), ct)],
});
const byJvp = customDerivative({ name: "sin", f: (v) => sin(v as Value), jvp: (ins, [dx]) => mul(cos(first(ins)), dx as Value) });
const byVjp = customDerivative({ name: "sin", f: (v) => sin(v as Value), vjp: (ins, ct) => [mul(cos(first(ins)), ct)] });

describe("customDerivative", () => {
  test.each([
    ["both rules", byBoth],
    ["jvp only", byJvp],
    ["vjp only", byVjp],
  ])("with %s gives derivatives of every order in every mode", (_, op) => {
    expect(String(checkDerivatives((v: Value) => op(v), x))).toContain("checkDerivatives: ok");
    const third = grad((v: Value) => sum(grad((w: Value) => sum(jvp((u: Value) => op(u), w, ndarray(backend, [1, 1, 1])).tangent))(v)))(x);
    third.toArray().forEach((d, i) => expect(Math.abs(d + Math.cos(x.toArray()[i] as number))).toBeLessThan(1e-14));
  });

  test("a rule of one's own replaces the derivative: straight through", () => {
    const through = customDerivative({ name: "zero", f: (v) => mul(0, v as Value), vjp: (_, ct) => [ct] });
    expect(grad((v: Value) => sum(through(v)))(x).toNested()).toEqual([1, 1, 1]);
    expect(jvp((v: Value) => through(v), x, x).tangent.toNested()).toEqual(x.toNested());
  });

  test("several inputs, some of them constant, null for zero", () => {
    const weighted = customDerivative({
      name: "weighted",
      f: (a, b) => mul(a as Value, b as Value),
      vjp: ([, b], ct) => [mul(ct, b as Value), null],
    });
    expect(grad((v: Value) => sum(weighted(v, x)))(x).toNested()).toEqual(x.toNested());
    expect(grad((v: Value) => sum(weighted(x, v)))(x).toNested()).toEqual([0, 0, 0]);
    jvp((v: Value) => weighted(x, v), x, x)
      .tangent.toArray()
      .forEach((t) => expect(t).toBeCloseTo(0, 300));
  });

  test("rules may use the output", () => {
    const op = customDerivative({ name: "exp", f: (v) => exp(v as Value), vjp: (_, ct, z) => [mul(ct, z)] });
    expect(checkDerivatives((v: Value) => op(v), x).ok).toBe(true);
  });

  test("holds jvp and vjp against each other, at the first use with new shapes", () => {
    let runs = 0;
    const wrong = customDerivative({
      name: "bad",
      f: (v) => cos(v as Value),
      jvp: (ins, [dx]) => neg(mul(sin(first(ins)), dx as Value)),
      vjp: (ins, ct) => {
        runs++;
        return [mul(sin(first(ins)), ct)];
      },
    });
    expect(() => wrong(x)).toThrow(LawError);
    expect(() => wrong(x)).toThrow(
      /^bad: jvp and vjp are not transposes of each other: .* at inputs of shape \[3\]; correct one, or give only the one you trust$/,
    );
    expect(runs).toBe(2);
  });

  test("verifies at the first eight points of each shape that can tell, and never with verify: false", () => {
    let runs = 0;
    const counted = (verify: boolean) =>
      customDerivative({
        name: "id",
        verify,
        f: (v) => v as Value,
        jvp: (_, [dx]) => dx as Value,
        vjp: (_, ct) => {
          runs++;
          return [ct];
        },
      });
    const op = counted(true);
    for (let k = 0; k < 20; k++) op(x);
    expect(runs).toBe(8);
    op(ndarray(backend, [1, 2]));
    expect(runs).toBe(9);
    counted(false)(x);
    expect(runs).toBe(9);
  });

  test("is not fooled by a first point at which wrong rules agree, or at which they give NaN", () => {
    const square = (factor: number) =>
      customDerivative({
        name: "square",
        f: (v) => mul(v as Value, v as Value),
        jvp: ([v], [dx]) => mul(2, mul(v as Value, dx as Value)),
        vjp: ([v], ct) => [mul(factor, mul(v as Value, ct))],
      });
    const at = (numbers: number[]) => ndarray(backend, numbers);
    const wrong = square(3);
    expect(() => wrong(at([0, 0]))).not.toThrow();
    expect(() => wrong(at([Number.NaN, 1]))).not.toThrow();
    expect(() => wrong(at([5, 1]))).toThrow(LawError);
    expect(() => square(2)(at([5, 1]))).not.toThrow();
  });

  test("refuses no rule, rules of the wrong shape or number, and captured variables", () => {
    expect(() => customDerivative({ name: "none", f: (v) => v as Value })).toThrow(
      new NotDifferentiableError("none: neither jvp nor vjp is given; give one, or use f as it is"),
    );
    const short = customDerivative({ name: "short", f: (v) => v as Value, vjp: () => [ndarray(backend, 1)] });
    expect(() => vjp((v: Value) => short(v), x).pullback(x)).toThrow(new ShapeError("short.vjp (input 0): gave shape []; it must be [3]"));
    const many = customDerivative({ name: "many", f: (v) => v as Value, vjp: (_, ct) => [ct, ct] });
    expect(() => vjp((v: Value) => many(v), x).pullback(x)).toThrow(
      "many.vjp: gave 2 cotangents for 1 inputs; give one for each, null for zero",
    );
    const scalar = customDerivative({ name: "scalar", f: (v) => v as Value, jvp: () => ndarray(backend, 1) });
    expect(() => jvp((v: Value) => scalar(v), x, x)).toThrow("scalar.jvp: gave shape []; it must be [3]");
    const captured = (v: Value) => sum(customDerivative({ name: "cap", f: (w) => mul(v, w as Value), vjp: (_, ct) => [mul(v, ct)] })(x));
    expect(() => grad(captured)(x)).toThrow(
      "cap: f depends on a watched value that is not among its arguments, whose derivative would be lost; pass it as an argument",
    );
  });

  test("a wrong rule alone is what checkDerivatives is for", () => {
    const wrong = customDerivative({ name: "wrong", f: (v) => sin(v as Value), vjp: (ins, ct) => [mul(mul(2, cos(first(ins))), ct)] });
    expect(checkDerivatives((v: Tree) => wrong(v as Value), x).ok).toBe(false);
  });
});
