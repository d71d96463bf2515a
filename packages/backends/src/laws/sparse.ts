import * as fc from "fast-check";
import type { Contraction, SparsePattern } from "../backend.js";
import { type BackendLaw, backendLawOf } from "./backend-law.js";
import { verifyKernel } from "./kernel-trial.js";
import { verifyTrilinear } from "./trilinear.js";
import { uniform, values } from "./values.js";

const drawn = fc.record({
  numRows: fc.integer({ min: 0, max: 9 }),
  numCols: fc.integer({ min: 0, max: 9 }),
  examples: fc.integer({ min: 0, max: 9 }),
  density: fc.constantFrom(0, 0.2, 0.5, 1),
  seed: fc.nat(),
});

function patternOf(numRows: number, numCols: number, density: number, seed: number): SparsePattern {
  const next = uniform(seed);
  const rows: number[] = [];
  const cols: number[] = [];
  for (let row = 0; row < numRows; row++) {
    for (let col = 0; col < numCols; col++) {
      if (next() >= density) continue;
      rows.push(row);
      cols.push(col);
    }
  }
  return { numRows, numCols, rows: Int32Array.from(rows), cols: Int32Array.from(cols) };
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

/** `sparse` is the product with a matrix of that pattern, its transpose, and the outer product sampled on the pattern. */
export const sparseLaws: readonly BackendLaw[] = [
  backendLawOf(
    "sparse: any pattern",
    fc.record({ which: fc.constantFrom<Contraction>("apply", "applyTranspose", "jacobianTranspose"), sizes: drawn }),
    async (backend, { which, sizes: { numRows, numCols, examples, density, seed } }) => {
      const pattern = patternOf(numRows, numCols, density, seed);
      const [entries, y, z] = [pattern.rows.length, examples * numCols, examples * numRows];
      const [first, second] = which === "apply" ? [entries, y] : which === "applyTranspose" ? [entries, z] : [y, z];
      await verifyKernel(backend, {
        what: `sparse ${which} [${numRows}, ${numCols}] with ${entries} entries, ${examples} examples`,
        inputs: [values(first, seed + 1), values(second, seed + 2)],
        run: ([a, b]) => backend.sparse(which, pattern, examples, a!, b!),
        expected: ([a, b]) => sparseNaively(which, pattern, examples, a!, b!),
        tolerance: 4 * (1 + Math.max(numRows, numCols, examples)),
      });
    },
    150,
  ),
  backendLawOf("sparse: its three contractions agree", drawn, (backend, { numRows, numCols, examples, density, seed }) => {
    const pattern = patternOf(numRows, numCols, density, seed);
    const entries = pattern.rows.length;
    const inputs = [values(entries, seed + 1), values(examples * numCols, seed + 2), values(examples * numRows, seed + 3)] as const;
    return verifyTrilinear(backend, `sparse [${numRows}, ${numCols}]`, entries * examples, inputs, (which, a, b) =>
      backend.sparse(which, pattern, examples, a, b),
    );
  }),
];
