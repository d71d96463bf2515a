import type { Backend, SparsePattern } from "../backend.js";
import { type Floats, floatsOf, type Storage } from "./storage.js";

/** z = K y, y = Kᵀ z, or z yᵀ sampled on the pattern and summed over examples. Four examples share each pass over the pattern. */
export function createSparse(storage: Storage): Backend["sparse"] {
  return (which, pattern, examples, first, second) => {
    const { numRows, numCols, rows } = pattern;
    const a = floatsOf(first);
    const b = floatsOf(second);
    const length = which === "apply" ? examples * numRows : which === "applyTranspose" ? examples * numCols : rows.length;
    const out = storage.accumulator(length);
    const kernels = which === "apply" ? [apply4, apply1] : which === "applyTranspose" ? [transpose4, transpose1] : [sample4, sample1];
    const [four, one] = kernels as [SparseKernel, SparseKernel];
    let e = 0;
    for (; e + 4 <= examples; e += 4) four(pattern, e, a, b, out);
    for (; e < examples; e++) one(pattern, e, a, b, out);
    return storage.finish(out);
  };
}

/** One contraction for the examples from `e`. */
type SparseKernel = (pattern: SparsePattern, e: number, a: Floats, b: Floats, out: Float64Array) => void;

function apply4({ numRows, numCols, rows, cols }: SparsePattern, e: number, values: Floats, y: Floats, z: Float64Array): void {
  const y0 = e * numCols,
    y1 = y0 + numCols,
    y2 = y1 + numCols,
    y3 = y2 + numCols;
  const z0 = e * numRows,
    z1 = z0 + numRows,
    z2 = z1 + numRows,
    z3 = z2 + numRows;
  for (let t = 0; t < rows.length; ) {
    const row = rows[t]!;
    let s0 = 0,
      s1 = 0,
      s2 = 0,
      s3 = 0;
    do {
      const value = values[t]!;
      const col = cols[t]!;
      s0 += value * y[y0 + col]!;
      s1 += value * y[y1 + col]!;
      s2 += value * y[y2 + col]!;
      s3 += value * y[y3 + col]!;
      t++;
    } while (t < rows.length && rows[t] === row);
    z[z0 + row] = s0;
    z[z1 + row] = s1;
    z[z2 + row] = s2;
    z[z3 + row] = s3;
  }
}

function apply1({ numRows, numCols, rows, cols }: SparsePattern, e: number, values: Floats, y: Floats, z: Float64Array): void {
  const y0 = e * numCols;
  const z0 = e * numRows;
  for (let t = 0; t < rows.length; t++) z[z0 + rows[t]!]! += values[t]! * y[y0 + cols[t]!]!;
}

function transpose4({ numRows, numCols, rows, cols }: SparsePattern, e: number, values: Floats, z: Floats, y: Float64Array): void {
  const y0 = e * numCols,
    y1 = y0 + numCols,
    y2 = y1 + numCols,
    y3 = y2 + numCols;
  const z0 = e * numRows,
    z1 = z0 + numRows,
    z2 = z1 + numRows,
    z3 = z2 + numRows;
  for (let t = 0; t < rows.length; t++) {
    const value = values[t]!;
    const row = rows[t]!;
    const col = cols[t]!;
    y[y0 + col]! += value * z[z0 + row]!;
    y[y1 + col]! += value * z[z1 + row]!;
    y[y2 + col]! += value * z[z2 + row]!;
    y[y3 + col]! += value * z[z3 + row]!;
  }
}

function transpose1({ numRows, numCols, rows, cols }: SparsePattern, e: number, values: Floats, z: Floats, y: Float64Array): void {
  const y0 = e * numCols;
  const z0 = e * numRows;
  for (let t = 0; t < rows.length; t++) y[y0 + cols[t]!]! += values[t]! * z[z0 + rows[t]!]!;
}

function sample4({ numRows, numCols, rows, cols }: SparsePattern, e: number, y: Floats, z: Floats, values: Float64Array): void {
  const y0 = e * numCols,
    y1 = y0 + numCols,
    y2 = y1 + numCols,
    y3 = y2 + numCols;
  const z0 = e * numRows,
    z1 = z0 + numRows,
    z2 = z1 + numRows,
    z3 = z2 + numRows;
  for (let t = 0; t < rows.length; t++) {
    const row = rows[t]!;
    const col = cols[t]!;
    values[t]! += z[z0 + row]! * y[y0 + col]! + z[z1 + row]! * y[y1 + col]! + (z[z2 + row]! * y[y2 + col]! + z[z3 + row]! * y[y3 + col]!);
  }
}

function sample1({ numRows, numCols, rows, cols }: SparsePattern, e: number, y: Floats, z: Floats, values: Float64Array): void {
  const y0 = e * numCols;
  const z0 = e * numRows;
  for (let t = 0; t < rows.length; t++) values[t]! += z[z0 + rows[t]!]! * y[y0 + cols[t]!]!;
}
