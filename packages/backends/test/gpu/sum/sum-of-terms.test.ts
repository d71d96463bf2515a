import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createEngine } from "../../../src/gpu/engine.js";
import { integer } from "../../../src/gpu/launch.js";
import { sumOfTerms } from "../../../src/gpu/sum/sum-of-terms.js";
import { reckonedDriver } from "../reckoned-driver.js";

describe("sumOfTerms", () => {
  const engine = createEngine(reckonedDriver());
  const launchesOf = (work: () => void): number => {
    const before = engine.counts.launches;
    work();
    return engine.counts.launches - before;
  };
  /** Σ over [n, m] of a0[place + 3·(row·m + column)], for three places; rows that are no multiple of `every` are left out. */
  const strided = (values: readonly number[], n: number, m: number, every: number) =>
    sumOfTerms(engine.device, {
      key: `strided ${every}`,
      shape: [3],
      over: [
        {
          size: n,
          ...(every > 1 && {
            enter: (row: string) => ({ code: integer("beyond", `${row} - quotient(${row}, ${every}) * ${every}`), when: "beyond === 0" }),
          }),
        },
        { size: m },
      ],
      operands: [engine.upload(values)],
      source: ([at]) => ({ before: "", term: ([row, column]) => `a0[${at} + (${row} * ${m} + ${column}) * 3]` }),
    });

  it("is the sum of every term, whole or cut, with remainders of every length", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(0, 1, 2, 3, 7, 50, 97),
        fc.constantFrom(0, 1, 3, 4, 5, 11, 64, 210),
        fc.constantFrom(1, 3),
        async (n, m, every) => {
          const values = Array.from({ length: 3 * n * m }, (_, i) => ((i * 7) % 13) - 6);
          const want = [0, 0, 0];
          for (let i = 0; i < values.length; i++) if (Math.floor(i / (3 * m)) % every === 0) want[i % 3]! += values[i]!;
          // Small whole numbers: exact in whatever order.
          expect([...(await engine.read(strided(values, n, m, every)))]).toEqual(want);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("takes one launch for short sums, and two for long ones, whose parts it frees", () => {
    expect(launchesOf(() => strided(new Array(3 * 256).fill(1), 16, 16, 1))).toBe(1);
    const live = engine.buffers.live();
    expect(launchesOf(() => strided(new Array(3 * 8000).fill(1), 100, 80, 1))).toBe(2);
    // Its operand and its result.
    expect(engine.buffers.live()).toBe(live + 2);
  });

  it("rounds like a sum by pairs: a million thirds to a few units", async () => {
    const n = 2 ** 20;
    const third = Math.fround(1 / 3);
    const [sum] = await engine.read(
      sumOfTerms(engine.device, {
        key: "thirds",
        shape: [1],
        over: [{ size: n }],
        operands: [engine.upload(new Array(n).fill(third))],
        source: () => ({ before: "", term: ([k]) => `a0[${k}]` }),
      }),
    );
    expect(Math.abs(sum! / (n * third) - 1)).toBeLessThan(4 * 2 ** -23);
  });
});
