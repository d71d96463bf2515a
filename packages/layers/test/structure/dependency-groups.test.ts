import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { type Column, dependencyGroups } from "../../src/structure/dependency-groups.js";

describe("dependencyGroups", () => {
  const columns = fc.array(
    fc.uniqueArray(fc.integer({ min: 0, max: 6 }), { maxLength: 4 }).map((rows): Column => rows.map((row) => [row, 1])),
    { maxLength: 7 },
  );

  property.prop([columns], { numRuns: 300 })(
    "within the groups each column shares every row with another one, across them none",
    (cols) => {
      const found = dependencyGroups(cols);
      const members = found.flat();
      expect(new Set(members).size).toBe(members.length);
      for (const group of found) {
        for (const k of group) {
          for (const [row] of cols[k] as Column) {
            const readers = members.filter((other) => other !== k && (cols[other] as Column).some(([at]) => at === row));
            expect(readers.length).toBeGreaterThan(0);
            expect(readers.every((other) => group.includes(other))).toBe(true);
          }
        }
      }
    },
  );

  test("setting one column aside frees the next: a chain has no group, a ring is one", () => {
    const chain: Column[] = [
      [
        [0, 1],
        [1, 1],
      ],
      [
        [1, 1],
        [2, 1],
      ],
      [[2, 1]],
    ];
    expect(dependencyGroups(chain)).toEqual([]);
    const ring: Column[] = [
      [
        [0, 1],
        [1, 1],
      ],
      [
        [1, 1],
        [2, 1],
      ],
      [
        [2, 1],
        [0, 1],
      ],
    ];
    expect(dependencyGroups(ring)).toEqual([[0, 1, 2]]);
  });

  test("a row where a column is only a rounding error sets nothing aside", () => {
    const nearly = dependencyGroups([
      [
        [0, 1],
        [1, 1e-9],
      ],
      [[0, 1]],
    ]);
    expect(nearly).toEqual([[0, 1]]);
  });
});
