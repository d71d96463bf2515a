import {
  abs,
  add,
  customDerivative,
  exp,
  leaves,
  mapLeaves,
  mul,
  ndarray,
  pad,
  slice,
  sqrt,
  square,
  sub,
  sum,
  type Tree,
  type Value,
} from "@paramat/core";
import { describe, expect, it } from "vitest";
import { assertRegularizer, checkRegularizer, regularizerLaws } from "../src/laws.js";
import { type Penalty, type RegularizerDefinition, regularizer } from "../src/regularizer.js";
import { tikhonov } from "../src/tikhonov.js";
import { backend, normal } from "./fixtures/trees.js";

const params = { a: normal(1, 3, 4), b: [normal(2, 5)] };
const half: Penalty = (tree) =>
  leaves(tree)
    .map((w) => mul(0.5, sum(square(w))))
    .reduce((a, b) => add(a, b));

const scaled =
  (factor: number) =>
  <W extends Tree>(tree: W): W =>
    mapLeaves(tree, (w) => mul(factor, w));

/** ½‖W‖² with everything right. */
const sound: RegularizerDefinition = {
  name: "sound",
  value: half,
  gradient: scaled(1),
  hessianApply: (_, v) => v,
  prox: (tree, tau) => scaled(1 / (1 + (tau as number)))(tree),
  solveShifted: tikhonov().solveShifted,
};

/** Which laws a definition breaks. */
function broken(change: Partial<RegularizerDefinition>, at: Tree = params, zeros: readonly Tree[] = []): readonly string[] {
  const report = checkRegularizer(regularizer({ ...sound, ...change }), at, { zeros });
  return report.results.filter(({ ok }) => !ok).map(({ law }) => law);
}

describe("checkRegularizer", () => {
  it("finds nothing wrong with what is right, and says what it did", () => {
    const report = checkRegularizer(regularizer(sound), params, { zeros: [scaled(0)(params)] });
    expect(report.ok, String(report)).toBe(true);
    expect(report.results.map(({ law }) => law)).toEqual(regularizerLaws.map(({ name }) => name));
    expect(String(report)).toMatch(/^sound, seed 1\n {2}✓ R ≥ 0, and 0 where said +smallest of 4 is/);
  });

  it("catches values that are negative, no scalar, or not 0 where said", () => {
    expect(broken({ value: (tree) => mul(-1, half(tree)), isConvex: false })).toContain("R ≥ 0, and 0 where said");
    expect(broken({ value: (tree) => square(leaves(tree)[0] as Value) })).toContain("R ≥ 0, and 0 where said");
    expect(broken({}, params, [scaled(1e-3)(params)])).toEqual(["R ≥ 0, and 0 where said"]);
  });

  it("catches results of another form", () => {
    const flat = (tree: Tree) => leaves(tree)[0] as Value;
    expect(broken({ gradient: (tree) => [flat(tree)] as never })).toContain("results have W's form");
    expect(broken({ prox: (tree) => flat(tree) as never })).toContain("results have W's form");
  });

  it("catches a derivative rule that is wrong inside the value", () => {
    const wrong = customDerivative({ name: "wrong", f: (x) => square(x as Value), vjp: ([x], ct) => [mul(x as Value, ct)] });
    const value: Penalty = (tree) => sum(wrong(leaves(tree)[0] as Value));
    const { gradient: _, hessianApply: __, prox: ___, solveShifted: ____, ...rest } = sound;
    const report = checkRegularizer(regularizer({ ...rest, value }), params);
    expect(report.results.filter(({ ok }) => !ok).map(({ law }) => law)).toContain("Taylor");
  });

  it("catches a wrong gradient and a wrong Hessian", () => {
    expect(broken({ gradient: scaled(1.0001) })).toContain("gradient = grad R");
    expect(broken({ hessianApply: (_, v) => scaled(1.0001)(v) })).toContain("Hessian-apply = hvp R");
  });

  it("catches a Hessian that is not symmetric", () => {
    // Each row of a, with a hundredth of the next.
    const skewed = (w: Value) =>
      w.shape.length < 2
        ? w
        : add(
            w,
            mul(
              0.01,
              pad(slice(w, 0, 1), [
                [0, 1],
                [0, 0],
              ]),
            ),
          );
    expect(broken({ hessianApply: (_, v) => mapLeaves(v, skewed) })).toContain("Hessian symmetric");
  });

  it("catches what is not convex, though smooth and ≥ 0", () => {
    const { gradient: _, hessianApply: __, prox: ___, solveShifted: ____, ...rest } = sound;
    const roots: Penalty = (tree) => sum(sqrt(add(square(leaves(tree)[0] as Value), 1)));
    const bump: Penalty = (tree) => sum(sub(1, exp(mul(-1, square(leaves(tree)[0] as Value)))));
    expect(checkRegularizer(regularizer({ ...rest, value: roots }), params).ok).toBe(true);
    expect(checkRegularizer(regularizer({ ...rest, value: bump, isConvex: false }), params).ok).toBe(true);
    const failed = checkRegularizer(regularizer({ ...rest, value: bump }), params);
    expect(failed.results.filter(({ ok }) => !ok).map(({ law }) => law)).toEqual(["convex"]);
  });

  it("catches a proximal map that stops short, or magnifies", () => {
    expect(broken({ prox: (tree, tau) => scaled(1 / (1 + 1.001 * (tau as number)))(tree) })).toEqual(["prox minimizes"]);
    expect(broken({ prox: scaled(-0.5) })).toContain("prox firmly non-expansive");
  });

  it("catches a solve that is off", () => {
    const off = { solveShifted: <W extends Tree>(rhs: W) => scaled(0.5)(rhs) };
    expect(broken(off)).toEqual(["solveShifted solves"]);
  });

  it("catches values read while compiling, unless that is said", () => {
    const reads: Penalty = (tree) => mul(half(tree), (leaves(tree)[0] as Value).toArray().length > 0 ? 1 : 0);
    expect(broken({ value: reads })).toEqual(["compiled = as it is"]);
    expect(broken({ value: reads, readsValues: true })).toEqual([]);
  });

  it("catches a threshold at the wrong place where there is a corner", () => {
    const value: Penalty = (tree) => sum(abs(leaves(tree)[0] as Value));
    const shrink = (by: number) => (w: Value) => mul(w, 1 - by);
    const { gradient: _, hessianApply: __, solveShifted: ___, ...rest } = sound;
    const report = checkRegularizer(regularizer({ ...rest, value, isSmooth: false, prox: (tree) => mapLeaves(tree, shrink(0.1)) }), {
      a: normal(1, 6),
    });
    expect(report.results.filter(({ ok }) => !ok).map(({ law }) => law)).toEqual(["prox minimizes"]);
  });

  it("refuses parameters without numbers, and throws the report when asserting", () => {
    expect(() => checkRegularizer(tikhonov(), {})).toThrow(
      "checkRegularizer: the parameters for tikhonov hold no array; give at least one",
    );
    expect(() => assertRegularizer(regularizer({ ...sound, gradient: scaled(2) }), params)).toThrow("✗ gradient = grad R");
    expect(() => assertRegularizer(tikhonov(2), ndarray(backend, [1, 2]))).not.toThrow();
  });
});
