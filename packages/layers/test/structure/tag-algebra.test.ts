import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { blockTags, composeTags, gramTags, impliedTags, kronTags, scaleTags, sumTags, transposeTags } from "../../src/structure/index.js";
import { findCounterexample } from "../../src/structure/tag-counterexample.js";
import type { Tag } from "../../src/tag.js";

/** Square matrices that have given tags, and random numbers in all else. */
type Rows = number[][];
const sizes = 3;
const families: readonly (readonly [readonly Tag[], (r: () => number) => Rows])[] = [
  [["diagonal"], (r) => fill((i, j) => (i === j ? r() : 0))],
  [["diagonal", "positiveSemidefinite"], (r) => fill((i, j) => (i === j ? Math.abs(r()) : 0))],
  [["diagonal", "orthogonal"], (r) => fill((i, j) => (i === j ? Math.sign(r()) : 0))],
  [["symmetric"], (r) => symmetrized(fill(r), 1)],
  [["antisymmetric"], (r) => symmetrized(fill(r), -1)],
  [["positiveSemidefinite"], (r) => gram(fill(r))],
  [["orthogonal"], (r) => rotation(r())],
  [["lowerTriangular"], (r) => fill((i, j) => (i >= j ? r() : 0))],
  [["upperTriangular"], (r) => fill((i, j) => (i <= j ? r() : 0))],
  [["banded"], (r) => fill((i, j) => (Math.abs(i - j) <= 1 ? r() : 0))],
  [["toeplitz"], (r) => along(r, (i, j) => i - j + sizes)],
  [["hankel"], (r) => along(r, (i, j) => i + j)],
  [["circulant", "bccb"], (r) => along(r, (i, j) => (i - j + sizes) % sizes)],
  [["circulant", "symmetric"], (r) => along(r, (i, j) => Math.min((i - j + sizes) % sizes, (j - i + sizes) % sizes))],
  [
    ["circulant", "antisymmetric"],
    (r) =>
      symmetrized(
        along(r, (i, j) => (i - j + sizes) % sizes),
        -1,
      ),
  ],
  [["circulant", "positiveSemidefinite"], (r) => gram(along(r, (i, j) => (i - j + sizes) % sizes))],
  [["mMatrix"], (r) => dominant(fill((i, j) => (i === j ? 0 : -Math.abs(r()))))],
  [
    ["mMatrix", "symmetric"],
    (r) =>
      dominant(
        symmetrized(
          fill((i, j) => (i === j ? 0 : -Math.abs(r()))),
          1,
        ),
      ),
  ],
  [[], (r) => fill(r)],
];

function fill(f: (i: number, j: number) => number): Rows {
  return Array.from({ length: sizes }, (_, i) => Array.from({ length: sizes }, (_, j) => f(i, j)));
}
function along(r: () => number, index: (i: number, j: number) => number): Rows {
  const numbers = Array.from({ length: 2 * sizes + 1 }, r);
  return fill((i, j) => numbers[index(i, j)]!);
}
function symmetrized(a: Rows, sign: number): Rows {
  return fill((i, j) => a[i]![j]! + sign * a[j]![i]!);
}
function product(a: Rows, b: Rows): Rows {
  return a.map((row) => b[0]!.map((_, j) => row.reduce((s, x, k) => s + x * b[k]![j]!, 0)));
}
const turned = (a: Rows): Rows => a[0]!.map((_, j) => a.map((row) => row[j]!));
const gram = (a: Rows) => product(turned(a), a);
const dominant = (a: Rows) => a.map((row, i) => row.map((x, j) => (i === j ? 0.5 - row.reduce((s, v) => s + v, 0) : x)));
function rotation(angle: number): Rows {
  const [c, s] = [Math.cos(angle), Math.sin(angle)];
  return [
    [c, -s, 0],
    [0, 0, 1],
    [s, c, 0],
  ];
}
function expectTags(claimed: readonly Tag[], rows: Rows, inShape: readonly number[] = [rows[0]!.length]): void {
  const matrix = { rows: rows.length, cols: rows[0]!.length, entries: Float64Array.from(rows.flat()), inShape, outShape: inShape };
  for (const tag of claimed) expect(findCounterexample(tag, matrix, 2 ** -52)?.words ?? "", tag).toBe("");
}

describe("tags pass through algebra", () => {
  const member = fc
    .tuple(
      fc.constantFrom(...families),
      fc.infiniteStream(
        fc
          .integer({ min: -16, max: 16 })
          .filter((x) => x !== 0)
          // Eighths, whose sums and products are exact, so that what cancels is 0.
          .map((x) => x / 8),
      ),
    )
    .map(([[given, make], stream]) => ({
      given,
      rows: make(() => stream.next().value as number),
    }));

  property.prop([member, member, fc.constantFrom(-2, -1, 0, 0.5, 1)], { numRuns: 400 })(
    "every tag that a rule passes on is true of the matrix",
    (a, b, c) => {
      const zero = fill(() => 0);
      expectTags(a.given, a.rows);
      expectTags(impliedTags(a.given), a.rows);
      expectTags(
        sumTags(a.given, b.given),
        fill((i, j) => a.rows[i]![j]! + b.rows[i]![j]!),
      );
      expectTags(composeTags(a.given, b.given), product(a.rows, b.rows));
      expectTags(gramTags(a.given), gram(a.rows));
      expectTags(transposeTags(a.given), turned(a.rows));
      expectTags(
        scaleTags(a.given, c),
        fill((i, j) => c * a.rows[i]![j]!),
      );
      expectTags(
        scaleTags(a.given),
        fill((i, j) => -3 * a.rows[i]![j]!),
      );
      expectTags(
        kronTags(a.given, b.given),
        a.rows.flatMap((row) => b.rows.map((other) => row.flatMap((x) => other.map((y) => x * y)))),
        [sizes, sizes, 1],
      );
      const joined = (grid: (Rows | null)[][]) =>
        grid.flatMap((row) => Array.from({ length: sizes }, (_, i) => row.flatMap((block) => (block ?? zero)[i]!)));
      expectTags(
        blockTags([
          [a.given, null],
          [null, b.given],
        ]),
        joined([
          [a.rows, null],
          [null, b.rows],
        ]),
      );
      expectTags(
        blockTags([
          [a.given, null],
          [[], b.given],
        ]),
        joined([
          [a.rows, null],
          [fill(() => 1), b.rows],
        ]),
      );
      expectTags(
        blockTags([
          [a.given, []],
          [null, b.given],
        ]),
        joined([
          [a.rows, fill(() => 1)],
          [null, b.rows],
        ]),
      );
      expectTags(blockTags([[a.given]]), a.rows);
    },
  );

  test("what is worth knowing is passed on", () => {
    expect(sumTags(["symmetric"], ["positiveSemidefinite"])).toEqual(["symmetric"]);
    expect(sumTags(["diagonal"], ["antisymmetric"])).toEqual([]);
    expect(composeTags(["orthogonal"], ["orthogonal"])).toEqual(["orthogonal"]);
    expect(composeTags(["circulant", "symmetric"], ["circulant", "antisymmetric"])).toContain("antisymmetric");
    expect(composeTags(["symmetric"], ["symmetric"])).toEqual([]);
    expect(gramTags([])).toEqual(["symmetric", "positiveSemidefinite"]);
    expect(transposeTags(["lowerTriangular"])).toEqual(["upperTriangular"]);
    expect(transposeTags(["mMatrix"])).toEqual([]);
    expect(transposeTags(["mMatrix", "symmetric"])).toContain("mMatrix");
    expect(kronTags(["antisymmetric"], ["antisymmetric"])).toEqual(["symmetric"]);
    expect(kronTags(["circulant"], ["circulant"])).toEqual(["bccb"]);
    expect(scaleTags(["positiveSemidefinite"], -1)).toEqual(["symmetric"]);
    expect(scaleTags(["orthogonal"], -1)).toEqual(["orthogonal"]);
    expect(
      blockTags([
        [["symmetric"], null],
        [null, ["diagonal"]],
      ]),
    ).toEqual(["banded", "symmetric"]);
    expect(blockTags([[["symmetric"], []]])).toEqual([]);
    expect(blockTags([])).toEqual([]);
    expect(impliedTags(["lowerTriangular", "upperTriangular"])).toContain("diagonal");
    expect(impliedTags(["symmetric", "lowerTriangular"])).toContain("diagonal");
  });
});
