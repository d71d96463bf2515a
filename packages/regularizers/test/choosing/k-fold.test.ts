import { rng } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { kFold } from "../../src/choosing/k-fold.js";
import { normal } from "../fixtures/trees.js";
import { identity, product, slowTikhonov } from "./slow-tikhonov.js";

describe("kFold", () => {
  it("is the hand computation: the mean drawn towards 0, y = 1, 3, 2, 2, each left out once", async () => {
    const y = [1, 3, 2, 2];
    const choice = await kFold({
      numExamples: 4,
      folds: 4,
      lambdas: [1, 0, 3],
      rng: rng(5),
      fit: (lambda, train) => train.reduce((sum, e) => sum + y[e]!, 0) / (train.length + lambda),
      error: (mean, heldOut) => (y[heldOut[0]!]! - mean) ** 2,
    });
    // λ = 1 leaves (1 − 7/4)², (3 − 5/4)², (2 − 6/4)² twice: 0.5625, 3.0625, 0.25, 0.25.
    const row = choice.curve[1]!;
    expect(row.lambda).toBe(1);
    expect([...row.foldErrors].sort((a, b) => a - b)).toEqual([0.25, 0.25, 0.5625, 3.0625]);
    expect(row.meanError).toBe(1.03125);
    // Squared deviations 0.6103515625·2 + 0.2197265625 + 4.1259765625 = 5.56640625; /3/4 = 0.4638671875.
    expect(row.standardError).toBeCloseTo(Math.sqrt(0.4638671875), 14);
    expect(choice.curve.map(({ lambda }) => lambda)).toEqual([0, 1, 3]);
  });

  it("is ridge regression by refitting, whatever the folds", async () => {
    const [A, c] = [normal(1, 11, 3).toNested() as number[][], Array.from(normal(2, 11).toArray())];
    const lambdas = [0.01, 1, 100];
    const pick = (rows: Int32Array) => [Array.from(rows, (e) => A[e]!), Array.from(rows, (e) => c[e]!)] as const;
    const held: number[] = [];
    const choice = await kFold({
      numExamples: 11,
      folds: 3,
      lambdas,
      rng: rng(3),
      fit: async (lambda, train) => slowTikhonov(pick(train)[0], identity(3), pick(train)[1], lambda),
      error: async (w, heldOut) => {
        held.push(...heldOut);
        return product(pick(heldOut)[0], w).reduce((sum, x, i) => sum + (x - c[heldOut[i]!]!) ** 2, 0) / heldOut.length;
      },
    });
    expect(held.length).toBe(33);
    for (let e = 0; e < 11; e++) expect(held.filter((h) => h === e)).toHaveLength(3);
    const best = choice.curve.reduce((a, b) => (b.meanError < a.meanError ? b : a));
    expect(choice.lambda).toBe(best.lambda);
    expect(choice.chosen).toBe(best);
  });

  it("goes from the largest λ down on one fold, each warm from the last", async () => {
    const calls: string[] = [];
    await kFold({
      numExamples: 4,
      folds: 2,
      lambdas: [1, 10, 0.1],
      rng: rng(1),
      fit: (lambda, _, warm: string | undefined) => {
        calls.push(`${warm ?? "cold"} → ${lambda}`);
        return `${lambda}`;
      },
      error: () => 0,
    });
    const path = ["cold → 10", "10 → 1", "1 → 0.1"];
    expect(calls).toEqual([...path, ...path]);
  });

  const given = (errors: Readonly<Record<number, readonly number[]>>) => {
    let fold = -1;
    const lambdas = Object.keys(errors).map(Number);
    const largest = Math.max(...lambdas);
    return kFold({
      numExamples: 2,
      folds: 2,
      lambdas,
      rng: rng(1),
      fit: (lambda) => {
        if (lambda === largest) fold++;
        return errors[lambda]![fold]!;
      },
      error: (e) => e,
    });
  };

  it("takes the largest λ within one standard error, and marks both", async () => {
    // Standard error of 1 ± 1: 1.
    const choice = await given({ 1: [3, 3], 2: [0, 2], 4: [1.9, 1.9], 8: [2.1, 2.1] });
    expect([choice.lambda, choice.oneStandardErrorLambda, choice.outcome]).toEqual([2, 4, "found"]);
    expect(String(choice)).toBe(
      [
        "k-fold: λ = 2.000e+0, found: least mean error, 1.000e+0 ± 1.000e+0; within one standard error up to λ = 4.000e+0",
        "               λ  mean error      s.e.",
        "        1.000e+0    3.000e+0  0.000e+0",
        "     →  2.000e+0    1.000e+0  1.000e+0",
        "1 s.e.  4.000e+0    1.900e+0  0.000e+0",
        "        8.000e+0    2.100e+0  0.000e+0",
      ].join("\n"),
    );
  });

  it("says so where the best is at an end, and does not choose what failed", async () => {
    expect((await given({ 1: [1, 1], 2: [2, 2] })).outcome).toBe("at the border");
    expect((await given({ 1: [1, 1], 2: [2, 2] })).reason).toMatch(/at the smallest λ; try smaller ones$/);
    expect((await given({ 1: [Number.NaN, 0], 2: [2, 2], 3: [3, 3] })).lambda).toBe(2);
  });

  it("says so where nothing could be measured, and where an error is no number", async () => {
    const none = await given({ 1: [Number.NaN, 0], 2: [Number.POSITIVE_INFINITY, 2] });
    expect(none.outcome).toBe("not finite");
    expect(String(none).split("\n")[0]).toMatch(/not finite: the mean error is NaN or infinite for every λ; look at the fits$/);
    const options = { numExamples: 5, lambdas: [3], rng: rng(1), fit: () => 0, error: (() => ({})) as unknown as () => number };
    await expect(kFold(options)).rejects.toThrow(
      new TypeError("kFold: error gave object for λ = 3; it must give a number (a Value's is .item())"),
    );
  });

  it("refuses counts and λ that are none", async () => {
    const options = { numExamples: 5, lambdas: [1], rng: rng(1), fit: () => 0, error: () => 0 };
    await expect(kFold({ ...options, folds: 6 })).rejects.toThrow(
      new RangeError("kFold: folds is 6; it must be an integer in 2 … 5, the number of examples"),
    );
    await expect(kFold({ ...options, numExamples: 1 })).rejects.toThrow(
      new RangeError("kFold: numExamples is 1; it must be an integer ≥ 2"),
    );
    await expect(kFold({ ...options, lambdas: [1, -1] })).rejects.toThrow(
      new RangeError("kFold: lambdas are [1, -1]; they must be finite numbers ≥ 0, at least one"),
    );
  });
});
