import { setFlagsFromString } from "node:v8";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Contraction, SparsePattern } from "../../src/backend.js";
import { lowerSparse } from "../../src/wasm/lower-sparse.js";
import { runLaunch, testBuffer, testTarget } from "./run-launch.js";

// Before the first module is compiled: both roundings of products are tested.
setFlagsFromString("--experimental-wasm-relaxed-simd");

const targets = (["float32", "float64"] as const).flatMap((precision) => [
  { precision, threads: 1, relaxed: false },
  { precision, threads: 3, relaxed: false },
  { precision, threads: 1, relaxed: true },
]);
const contractions = ["apply", "applyTranspose", "jacobianTranspose"] as const;

function patternOf(numRows: number, numCols: number, holds: (row: number, col: number) => boolean): SparsePattern {
  const entries = Array.from({ length: numRows * numCols }, (_, i) => [Math.floor(i / numCols), i % numCols] as const);
  const present = entries.filter(([row, col]) => holds(row, col));
  return { numRows, numCols, rows: Int32Array.from(present, ([row]) => row), cols: Int32Array.from(present, ([, col]) => col) };
}

/** Small whole numbers, whose sums of products are exact. */
function whole(length: number, seed: number): number[] {
  return Array.from({ length }, (_, i) => ((i * 31 + seed) % 17) - 8);
}

function sparseNaively(which: Contraction, pattern: SparsePattern, examples: number, a: readonly number[], b: readonly number[]): number[] {
  const { numRows, numCols, rows, cols } = pattern;
  const length = which === "apply" ? examples * numRows : which === "applyTranspose" ? examples * numCols : rows.length;
  const out = new Array<number>(length).fill(0);
  for (let e = 0; e < examples; e++) {
    rows.forEach((row, t) => {
      const [y, z] = [e * numCols + cols[t]!, e * numRows + row];
      if (which === "apply") out[z]! += a[t]! * b[y]!;
      else if (which === "applyTranspose") out[y]! += a[t]! * b[z]!;
      else out[t]! += a[y]! * b[z]!;
    });
  }
  return out;
}

function lengthsOf(which: Contraction, { numRows, numCols, rows }: SparsePattern, examples: number): readonly [number, number] {
  if (which === "jacobianTranspose") return [examples * numCols, examples * numRows];
  return [rows.length, examples * (which === "apply" ? numCols : numRows)];
}

describe.each(targets)("lowerSparse, $precision, $threads parts, relaxed $relaxed", ({ precision, threads, relaxed }) => {
  const target = testTarget(precision, threads, relaxed);

  function run(which: Contraction, pattern: SparsePattern, examples: number, a: readonly number[], b: readonly number[]): number[] {
    return Array.from(runLaunch(target, lowerSparse(target, which, pattern, examples, testBuffer(a), testBuffer(b))));
  }

  function agrees(which: Contraction, pattern: SparsePattern, examples: number, seed: number): void {
    const [first, second] = lengthsOf(which, pattern, examples);
    const [a, b] = [whole(first, seed), whole(second, seed + 5)];
    // + 0: a sum may be −0 where the loop has 0.
    expect(run(which, pattern, examples, a, b).map((x) => x + 0)).toEqual(sparseNaively(which, pattern, examples, a, b).map((x) => x + 0));
  }

  it("multiplies [[0, 2], [3, 5]] by hand", () => {
    const pattern = patternOf(2, 2, (row, col) => row + col > 0);
    expect(run("apply", pattern, 2, [2, 3, 5], [1, 10, 7, 0])).toEqual([20, 53, 0, 21]);
    expect(run("applyTranspose", pattern, 1, [2, 3, 5], [1, 10])).toEqual([30, 52]);
    expect(run("jacobianTranspose", pattern, 2, [1, 10, 7, 0], [2, 4, 3, 9])).toEqual([20, 4 + 63, 40]);
  });

  it.each(contractions)("%s agrees with the loop over entries for any pattern", (which) => {
    const drawn = fc.record({
      numRows: fc.nat(11),
      numCols: fc.nat(11),
      examples: fc.oneof(fc.nat(9), fc.integer({ min: 10, max: 40 })),
      density: fc.constantFrom(0, 0.2, 0.5, 1),
      seed: fc.nat(1000),
    });
    fc.assert(
      fc.property(drawn, ({ numRows, numCols, examples, density, seed }) => {
        const pattern = patternOf(numRows, numCols, (row, col) => ((row * 7919 + col * 104729 + seed * 31) % 101) / 101 < density);
        agrees(which, pattern, examples, seed);
      }),
      { numRuns: 40 },
    );
  });

  it.each(contractions)("%s keeps NaN and infinities of one example to itself", (which) => {
    const pattern = patternOf(3, 3, () => true);
    const [first, second] = lengthsOf(which, pattern, 3);
    const [a, b] = [whole(first, 1), whole(second, 2)];
    b[4] = NaN;
    b[8] = Infinity;
    const found = run(which, pattern, 3, a, b);
    expect(found).toEqual(sparseNaively(which, pattern, 3, a, b));
  });
});

it.each(contractions)("%s: parts do not change a bit", (which) => {
  const pattern = patternOf(13, 37, (row, col) => (row * col) % 3 > 0);
  const [first, second] = lengthsOf(which, pattern, 21);
  const [a, b] = [first, second].map((length, k) => testBuffer(Array.from({ length }, (_, i) => Math.sin(i * i + k))));
  const [one, four] = [1, 4].map((threads) => {
    const target = testTarget("float32", threads);
    return runLaunch(target, lowerSparse(target, which, pattern, 21, a!, b!));
  });
  expect(four).toEqual(one);
});

it("uses one pattern's lists again", () => {
  const pattern = patternOf(3, 4, () => true);
  const target = testTarget("float32");
  const lists = () => lowerSparse(target, "applyTranspose", pattern, 2, testBuffer([]), testBuffer([])).operands.slice(2);
  const [before, after] = [lists(), lists()];
  expect(before).toHaveLength(3);
  before.forEach((operand, i) => expect("integers" in operand && operand.integers).toBe("integers" in after[i]! && after[i].integers));
});
