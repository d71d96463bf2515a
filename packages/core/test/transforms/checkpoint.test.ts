import { cpu } from "@paramat/backends";
import { checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { ndarray } from "../../src/array.js";
import { NotDifferentiableError } from "../../src/errors.js";
import { add, exp, mul, sin, sum } from "../../src/ops/index.js";
import { checkpoint } from "../../src/transforms/checkpoint.js";
import { grad, valueAndGrad } from "../../src/transforms/grad.js";
import { hvp } from "../../src/transforms/hvp.js";
import { record } from "../../src/transforms/record.js";
import type { Value } from "../../src/value.js";

const backend = cpu();
const x = ndarray(backend, [0.3, -0.7, 1.9]);
const block = (y: Value): Value => mul(sin(y), add(exp(mul(0.5, y)), y));
const deep = (step: (y: Value) => Value) => (y: Value) => sum(step(step(step(y))));

describe("checkpoint", () => {
  test("gives the same bits as f, in value, gradient and Hessian-vector product", () => {
    const [plain, saved] = [deep(block), deep(checkpoint(block))];
    expect(valueAndGrad(saved)(x).value.item()).toBe(valueAndGrad(plain)(x).value.item());
    expect(valueAndGrad(saved)(x).gradient.toNested()).toEqual(valueAndGrad(plain)(x).gradient.toNested());
    hvp(saved, x, x)
      .toArray()
      .forEach((h, i) => expect(Math.abs(h - (hvp(plain, x, x).toArray()[i] as number))).toBeLessThan(1e-13));
  });

  test("leaves one entry on the tape for each block", () => {
    const numEntries = (step: (y: Value) => Value) => record(deep(step), x).tape.entries.map((entry) => entry.primitive.name);
    expect(numEntries(checkpoint(block)).filter((name) => name === "checkpoint")).toHaveLength(3);
    expect(numEntries(block).length - numEntries(checkpoint(block)).length).toBe(3 * (record(block, x).tape.entries.length - 1));
  });

  test("runs f once more for each derivative", () => {
    let runs = 0;
    const counted = checkpoint((y: Value) => {
      runs++;
      return sum(block(y));
    });
    grad(counted)(x);
    expect(runs).toBe(2);
  });

  test("nests, over trees, to second order", () => {
    const inner = checkpoint(({ a, b }: { a: Value; b: Value }) => mul(sin(a), b));
    const outer = checkpoint((at: { a: Value; b: Value }) => exp(mul(0.1, inner({ a: mul(2, at.a), b: at.b }))));
    expect(String(checkDerivatives(outer, { a: x, b: ndarray(backend, 1.4) }))).toContain("checkDerivatives: ok");
  });

  test("is just f where nothing is watched", () => {
    expect(checkpoint(block)(x).toNested()).toEqual(block(x).toNested());
  });

  test("refuses a tree of results, and a captured variable", () => {
    expect(() => checkpoint(((y: Value) => [y]) as unknown as (y: Value) => Value)(x)).toThrow(
      new NotDifferentiableError("checkpoint: the function must give one value, not a tree of them"),
    );
    expect(() => grad((y: Value) => sum(checkpoint((z: Value) => mul(y, z))(x)))(x)).toThrow(
      "checkpoint: the function depends on a watched value that is not part of its argument, whose derivative would be lost; pass it in",
    );
  });
});
