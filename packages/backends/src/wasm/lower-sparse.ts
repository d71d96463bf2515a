import type { Buffer, Contraction, SparsePattern } from "../backend.js";
import type { Launch, LaunchOperand, Target } from "./kernel.js";
import { productKernel } from "./sparse/product-kernel.js";
import { sampleKernel } from "./sparse/sample-kernel.js";
import { orderByCol, orderByRow } from "./sparse/sparse-order.js";

/**
 * K with `values` on a pattern: `apply`(values, y) → z = K y; `applyTranspose`(values, z) → y = Kᵀ z; `jacobianTranspose`(y, z) → Σₑ z[e, row] y[e, col]
 * for each entry. Kernels depend on sizes only; the pattern's lists are operands.
 */
export function lowerSparse(
  { numbers }: Target,
  which: Contraction,
  pattern: SparsePattern,
  examples: number,
  a: Buffer,
  b: Buffer,
): Launch {
  const { numRows, numCols, rows, cols } = pattern;
  const key = `sparse ${which} ${numRows} ${numCols} ${rows.length} ${examples}`;
  const buffers: LaunchOperand[] = [
    { buffer: a, offset: 0 },
    { buffer: b, offset: 0 },
  ];
  if (which === "jacobianTranspose") {
    const sizes = { examples, numRows, numCols, entries: rows.length };
    const operands = [...buffers, { integers: rows }, { integers: cols }];
    return { key, make: () => sampleKernel(numbers, sizes), operands, length: rows.length };
  }
  const { lines, size, starts, places, entries } = which === "apply" ? orderByRow(pattern) : orderByCol(pattern);
  const sizes = { examples, lines, size, entries: rows.length, permuted: entries !== null };
  const lists = [starts, places, ...(entries ? [entries] : [])].map((integers) => ({ integers }));
  return { key, make: () => productKernel(numbers, sizes), operands: [...buffers, ...lists], length: examples * lines };
}
