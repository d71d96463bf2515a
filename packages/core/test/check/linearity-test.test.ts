import { cpu } from "@paramat/backends";
import { linearityTest } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { add, broadcastTo, matmul, mul, square, sub, sum } from "../../src/ops/index.js";
import type { Value } from "../../src/value.js";

const backend = cpu();
const x = ndarray(backend, [0.5, -1.2, 2]);
const A = ndarray(backend, [
  [1, 2],
  [3, 4],
]);

describe("linearityTest", () => {
  test("passes linear maps of trees, and of numbers of any size", () => {
    expect(linearityTest(({ a, b }: { a: Value; b: Value }) => add(matmul(A, a), mul(1e6, sum(b))), { a: A, b: x }).verdict).toBe("ok");
    expect(linearityTest((v: Value) => broadcastTo(v, [4, 3]), x).verdict).toBe("ok");
    expect(linearityTest((v: Value) => sub(mul(1e8, v), mul(1e8, v)), x).verdict).toBe("ok");
  });

  test("catches offsets, squares, and absolute values", () => {
    expect(linearityTest((v: Value) => add(v, 1), x).summary).toContain("f(0) is not 0");
    expect(linearityTest((v: Value) => add(v, mul(1e-6, square(v))), x).verdict).toBe("wrong");
    expect(linearityTest(([p, q]: readonly Value[]) => mul(p as Value, q as Value), [x, x]).verdict).toBe("wrong");
  });
});
