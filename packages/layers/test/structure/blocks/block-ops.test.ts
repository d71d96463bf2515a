import { fc, test as property } from "@fast-check/vitest";
import { cpu } from "@paramat/backends";
import { complexAbs2, exp, grad, jvp, mul, NotDifferentiableError, ndarray, rng, slice, sum, type Value } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import { describe, expect, test } from "vitest";
import { blockEigenvalues } from "../../../src/structure/blocks/block-eigenvalues.js";
import { blockLogAbsDet } from "../../../src/structure/blocks/block-log-abs-det.js";
import { blockPseudoInverse } from "../../../src/structure/blocks/block-pseudo-inverse.js";
import { blockSingularValues } from "../../../src/structure/blocks/block-singular-values.js";
import { blockSolve, factorBlocks } from "../../../src/structure/blocks/block-solve.js";
import { complexMatmul } from "../../../src/structure/blocks/complex-matmul.js";
import { refuseKinks } from "../../../src/structure/blocks/kinks.js";

const backend = cpu("float64");

function blocks(seed: number, shape: readonly number[], diagonal = 0): Value {
  const stream = rng(seed);
  const [, count, m, n] = shape as readonly [number, number, number, number];
  const entries = Float64Array.from({ length: 2 * count * m * n }, () => stream.normal());
  for (let f = 0; f < count; f++) for (let i = 0; i < Math.min(m, n); i++) entries[(f * m + i) * n + i]! += diagonal * (1 + i);
  return ndarray(backend, entries, shape);
}

function expectDerivatives(f: (x: Value) => Value, x: Value): void {
  const report = checkDerivatives(f, x, { order: 2, entries: 12 });
  expect(report.ok, String(report)).toBe(true);
}

describe("ops on small complex blocks", () => {
  property.prop(
    [fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }), fc.boolean(), fc.nat(1e6)],
    { numRuns: 25 },
  )("blockSolve: A x = b, Aᴴ x = b", (n, count, k, adjoint, seed) => {
    const a = blocks(seed, [2, count, n, n], 4);
    const b = blocks(seed + 1, [2, count, n, k]);
    const x = blockSolve(a, b, { adjoint });
    const back = complexMatmul(a, x, { adjointA: adjoint }).toArray();
    b.toArray().forEach((v, i) => expect(back[i]).toBeCloseTo(v, 10));
  });

  test.each([
    [1, false],
    [1, true],
    [3, false],
    [3, true],
  ])("blockSolve is differentiable in A and b to second order: %i × itself, adjoint %s", (n, adjoint) => {
    const report = checkDerivatives(
      ([a, b]: readonly Value[]) => blockSolve(a as Value, b as Value, { adjoint }),
      [blocks(3, [2, 2, n, n], 3), blocks(4, [2, 2, n, 2])],
      {
        order: 2,
        entries: 12,
      },
    );
    expect(report.ok, String(report)).toBe(true);
  });

  test("dividing by entries of 1e±200 neither overflows nor underflows", () => {
    for (const size of [1e-200, 1e200]) {
      const x = blockSolve(ndarray(backend, [0, size], [2, 1, 1, 1]), ndarray(backend, [size, 0], [2, 1, 1, 1]));
      expect(x.toArray()[0]).toBe(0);
      expect(x.toArray()[1]).toBeCloseTo(-1, 14);
    }
  });

  test("condition: diag(4, 1/2) has 8 in blocks of one, and in one block", () => {
    expect(factorBlocks(ndarray(backend, [4, 0.5, 0, 0], [2, 2, 1, 1])).condition).toBe(8);
    expect(factorBlocks(ndarray(backend, [4, 0, 0, 0.5, 0, 0, 0, 0], [2, 1, 2, 2])).condition).toBeCloseTo(8, 14);
  });

  test("blockLogAbsDet: |det [[0, 2], [3, 4]]| = 6, |i·5| = 5; derivatives", () => {
    expect(blockLogAbsDet(ndarray(backend, [0, 2, 3, 4, 0, 0, 0, 0], [2, 1, 2, 2])).toArray()[0]).toBeCloseTo(Math.log(6), 14);
    expect(blockLogAbsDet(ndarray(backend, [0, 5], [2, 1, 1, 1])).toArray()[0]).toBeCloseTo(Math.log(5), 14);
    expectDerivatives(blockLogAbsDet, blocks(5, [2, 2, 3, 3], 2));
    expectDerivatives(blockLogAbsDet, blocks(6, [2, 3, 1, 1], 2));
  });

  test.each([
    [2, 2, 2],
    [1, 4, 2],
    [1, 2, 4],
    [3, 1, 1],
    [2, 3, 1],
  ])("blockSingularValues of %i blocks %i × %i: values and derivatives to second order", (count, m, n) => {
    const a = blocks(11, [2, count, m, n], 3);
    const { values, groups, zeros } = blockSingularValues(a);
    expect([groups, zeros]).toEqual([[], []]);
    // Σσ² is the sum of squares of all entries.
    expect(sum(mul(values, values)).item()).toBeCloseTo(sum(mul(a, a)).item(), 10);
    expectDerivatives((x) => blockSingularValues(x).values, a);
  });

  test("σ of [[3, 0], [4, 5]] are √45 and √5", () => {
    const { values } = blockSingularValues(ndarray(backend, [3, 0, 4, 5, 0, 0, 0, 0], [2, 1, 2, 2]));
    expect(values.toArray()[0]).toBeCloseTo(Math.sqrt(45), 13);
    expect(values.toArray()[1]).toBeCloseTo(Math.sqrt(5), 13);
  });

  test.each([1, 2, 4])("blockEigenvalues of general blocks of size %i: derivatives to second order, and their sum is the trace", (n) => {
    const a = blocks(21, [2, 2, n, n], 3);
    const traces = [0, 1].map((p) =>
      [0, 1].reduce(
        (s, f) => s + Array.from({ length: n }, (_, i) => a.toArray()[((p * 2 + f) * n + i) * n + i] as number).reduce((x, y) => x + y, 0),
        0,
      ),
    );
    const totals = sum(blockEigenvalues(a).values, { axes: [1, 2] }).toArray();
    expect(totals[0]).toBeCloseTo(traces[0] as number, 11);
    expect(totals[1]).toBeCloseTo(traces[1] as number, 11);
    expectDerivatives((x) => blockEigenvalues(x).values, a);
  });

  test("blockEigenvalues at a symmetric block, moved in every direction", () => {
    const symmetric = ndarray(backend, [2, 1, 0, 1, 5, 1, 0, 1, 9, ...new Array<number>(9).fill(0)], [2, 1, 3, 3]);
    expectDerivatives((x) => blockEigenvalues(x).values, symmetric);
    expect(blockEigenvalues(symmetric).values.toArray().slice(3)).toEqual(new Float64Array(3));
  });

  test("third derivatives are closed: d³/dt³ of Σ|λ(eᵗA)|² = 8 e²ᵗ Σ|λ|², of Σσ(eᵗA)² alike, of log|det| 0", () => {
    const a = blocks(31, [2, 1, 3, 3], 2);
    const third = (f: (x: Value) => Value) => grad(grad(grad((t: Value) => f(mul(a, exp(t))))))(ndarray(backend, 0)).item();
    const eigenvalues = (x: Value) => sum(complexAbs2(blockEigenvalues(x).values));
    expect(third(eigenvalues)).toBeCloseTo(8 * eigenvalues(a).item(), 7);
    const singular = (x: Value) => {
      const { values } = blockSingularValues(x);
      return sum(mul(values, values));
    };
    expect(third(singular)).toBeCloseTo(8 * singular(a).item(), 7);
    expect(third((x) => sum(blockLogAbsDet(x)))).toBeCloseTo(0, 10);
  });

  test("kinks are refused: coinciding values one by one, zeros, second derivatives; symmetric functions pass", () => {
    const twice = ndarray(backend, [2, 0, 0, 2, 0, 0, 0, 0], [2, 1, 2, 2]);
    const found = blockSingularValues(twice);
    expect(found.groups).toEqual([[0, 1]]);
    const guarded = (x: Value) => refuseKinks(blockSingularValues(x).values, { op: "singularValues", ...found });
    expect(grad((x: Value) => sum(guarded(x)))(twice).toArray()[0]).toBeCloseTo(1, 14);
    expect(() => grad((x: Value) => sum(slice(guarded(x), 1, 0, 1)))(twice)).toThrow(
      "singularValues: values 0, 1 coincide (2) and each alone has no derivative there",
    );
    expect(() => jvp(guarded, twice, twice)).toThrow(NotDifferentiableError);
    expect(() =>
      jvp(
        grad((x: Value) => sum(blockSingularValues(x).values)),
        twice,
        twice,
      ),
    ).toThrow("second derivatives need distinct ones");
    expect(() =>
      jvp(
        grad((x: Value) => sum(blockEigenvalues(x).values)),
        twice,
        twice,
      ),
    ).toThrow("spectrum: eigenvalues 0, 1 of block 0 coincide (2 + 0i)");
    const singular = ndarray(backend, [0, 1, 0, 0], [2, 2, 1, 1]);
    const zero = blockSingularValues(singular);
    expect(zero.zeros).toEqual([0]);
    expect(() => grad((x: Value) => sum(refuseKinks(blockSingularValues(x).values, { op: "singularValues", ...zero })))(singular)).toThrow(
      "value 0 is 0 to rounding",
    );
  });

  test.each([
    [3, 2],
    [2, 3],
    [2, 2],
  ])("blockPseudoInverse of %i × %i: A A⁺ A = A; derivatives to second order", (m, n) => {
    const a = blocks(41, [2, 2, m, n], 2);
    const { inverse, ranks } = blockPseudoInverse(a, 1e-12);
    expect(ranks).toEqual([2, 2]);
    const again = complexMatmul(complexMatmul(a, inverse), a).toArray();
    a.toArray().forEach((x, i) => expect(again[i]).toBeCloseTo(x, 11));
    expectDerivatives((x) => blockPseudoInverse(x, 1e-12).inverse, a);
  });

  test("what is not square is refused, and a right-hand side of another size", () => {
    expect(() => blockSolve(blocks(1, [2, 1, 2, 3]), blocks(1, [2, 1, 2, 1]))).toThrow(
      "factorBlocks: blocks are [2, 1, 2, 3]; they must be square, [2, F, n, n]",
    );
    expect(() => blockSolve(blocks(1, [2, 1, 2, 2]), blocks(1, [2, 1, 3, 1]))).toThrow(
      "blockSolve: blocks are [2, 1, 2, 2], b is [2, 1, 3, 1]; b must be [2, 1, 2, columns]",
    );
  });
});
