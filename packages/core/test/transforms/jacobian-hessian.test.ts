import { cpu } from "@paramat/backends";
import { describe, expect, test } from "vitest";
import { ndarray, zeros } from "../../src/array.js";
import { NotDifferentiableError } from "../../src/errors.js";
import { add, exp, matmul, mul, reshape, sin, square, sum } from "../../src/ops/index.js";
import { hessian } from "../../src/transforms/hessian.js";
import { jacobian } from "../../src/transforms/jacobian.js";
import type { Value } from "../../src/value.js";

const backend = cpu();
const array = (values: number | number[] | number[][]) => ndarray(backend, values);

describe.each(["forward", "reverse"] as const)("jacobian, %s", (mode) => {
  test("of A x is A", () => {
    const A = array([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const J = jacobian((x: Value) => reshape(matmul(A, reshape(x, [3, 1])), [2]), { mode })(array([7, 8, 9]));
    expect(J.toNested()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
  });

  test("has the axes of f(x), then those of the leaf", () => {
    const at = {
      a: array([
        [1, 2],
        [3, 4],
      ]),
      s: array(10),
    };
    const J = jacobian(({ a, s }: typeof at) => mul(s, sum(square(a), { axes: 0 })), { mode })(at);
    expect(J.a.shape).toEqual([2, 2, 2]);
    // z_j = s Σ_i a_ij², ∂z_j/∂a_ik = 2 s a_ij δ_jk
    expect(J.a.toNested()).toEqual([
      [
        [20, 0],
        [60, 0],
      ],
      [
        [0, 40],
        [0, 80],
      ],
    ]);
    expect(J.s.toNested()).toEqual([10, 20]);
  });

  test("is zero where f does not depend on x, and empty where there is nothing", () => {
    expect(jacobian((_: Value) => array([1, 2]), { mode })(array([1, 2, 3])).toNested()).toEqual([
      [0, 0, 0],
      [0, 0, 0],
    ]);
    expect(jacobian((x: Value) => exp(x), { mode })(zeros(backend, [0])).shape).toEqual([0, 0]);
    expect(jacobian((_: Value) => zeros(backend, [0]), { mode })(array([1, 2])).shape).toEqual([0, 2]);
  });
});

describe("jacobian", () => {
  test("is the same in both modes, and in the one it picks", () => {
    const f = (x: Value) => sin(mul(x, sum(x)));
    const x = array([0.3, -0.8, 1.1]);
    const [forward, reverse, own] = [jacobian(f, { mode: "forward" })(x), jacobian(f, { mode: "reverse" })(x), jacobian(f)(x)];
    forward.toArray().forEach((j, i) => {
      expect(Math.abs(j - (reverse.toArray()[i] as number))).toBeLessThan(1e-14);
      expect(Math.abs(j - (own.toArray()[i] as number))).toBeLessThan(1e-14);
    });
  });

  test("nests", () => {
    // ∂/∂x of the Jacobian of x² is 2 on the diagonal of a cube.
    const J2 = jacobian(jacobian((x: Value) => square(x)))(array([5, 7]));
    expect(J2.toNested()).toEqual([
      [
        [2, 0],
        [0, 0],
      ],
      [
        [0, 0],
        [0, 2],
      ],
    ]);
  });

  test("refuses a tree of results", () => {
    const f = ((x: Value) => [x, x]) as unknown as (x: Value) => Value;
    expect(() => jacobian(f)(array([1]))).toThrow(NotDifferentiableError);
    expect(() => jacobian(f)(array([1]))).toThrow("jacobian: the function must give one value, not a tree of them");
  });
});

describe("hessian", () => {
  test("of x²y + y³ in blocks of the tree", () => {
    const at = { x: array(2), y: array(3) };
    const H = hessian(({ x, y }: typeof at) => add(mul(square(x), y), mul(y, square(y))))(at);
    expect([H.x.x.item(), H.x.y.item(), H.y.x.item(), H.y.y.item()]).toEqual([6, 4, 4, 18]);
  });

  test("of a quadratic form is A + Aᵀ", () => {
    const A = array([
      [1, 2],
      [0, 3],
    ]);
    const f = (x: Value) => sum(mul(x, reshape(matmul(A, reshape(x, [2, 1])), [2])));
    expect(hessian(f)(array([0.5, -1])).toNested()).toEqual([
      [2, 2],
      [2, 6],
    ]);
  });

  test("refuses what is not a scalar", () => {
    expect(() => hessian((x: Value) => x)(array([1, 2]))).toThrow(NotDifferentiableError);
  });
});
