import { multiplyDirect } from "./multiply-direct.js";
import { multiplyPanels } from "./multiply-panels.js";
import type { Multiply, Operand, Target } from "./product.js";
import type { Storage } from "./storage.js";

// Blocks in entries: a packed block of a (256 KiB) and of b (512 KiB) stay in the second-level cache.
const ROWS = 128;
const COLS = 256;
const DEPTH = 256;
/** Below this many multiplications packing costs more than it saves. */
const SMALL = 128;

/** The matrix product of the CPU backend: packed into float64 panels, 4 × 4 accumulators in registers. */
export function createMultiply(storage: Storage): Multiply {
  return (a, b, out) => {
    const m = a.outer.length;
    const n = b.outer.length;
    const k = a.inner.length;
    if (m === 0 || n === 0 || k === 0) return;
    if (m >= 4 && n >= 4 && m * n * k > SMALL) multiplyBlocked(storage, a, b, out);
    else if (m >= n) multiplyDirect(a, b, out);
    else multiplyDirect(b, a, { data: out.data, base: out.base, rows: out.cols, cols: out.rows });
  };
}

function multiplyBlocked(storage: Storage, a: Operand, b: Operand, out: Target): void {
  const m = a.outer.length;
  const n = b.outer.length;
  const k = a.inner.length;
  const depth = Math.min(DEPTH, k);
  const packedA = storage.scratch("a", ceil4(Math.min(ROWS, m)) * depth);
  const packedB = storage.scratch("b", ceil4(Math.min(COLS, n)) * depth);
  const tile = storage.scratch("tile", ceil4(Math.min(ROWS, m)) * ceil4(Math.min(COLS, n)));
  for (let j = 0; j < n; j += COLS) {
    const jEnd = Math.min(j + COLS, n);
    const width = ceil4(jEnd - j);
    for (let i = 0; i < m; i += ROWS) {
      const iEnd = Math.min(i + ROWS, m);
      const height = ceil4(iEnd - i);
      tile.fill(0, 0, height * width);
      for (let t = 0; t < k; t += DEPTH) {
        const tEnd = Math.min(t + DEPTH, k);
        // With one block of depth, b stays packed for every block of rows.
        if (i === 0 || k > DEPTH) pack(b, j, jEnd, t, tEnd, packedB);
        pack(a, i, iEnd, t, tEnd, packedA);
        multiplyPanels(height, width, tEnd - t, packedA, packedB, tile);
      }
      addTile(tile, width, i, iEnd, j, jEnd, out);
    }
  }
}

function ceil4(length: number): number {
  return (length + 3) & ~3;
}

/** Rows i … iEnd−1 and columns t … tEnd−1 as panels of 4 rows, k-major inside: [panel][k][4], padded with zeros. */
function pack(source: Operand, i: number, iEnd: number, t: number, tEnd: number, packed: Float64Array): void {
  const { data, base, outer, inner } = source;
  let p = 0;
  for (; i + 4 <= iEnd; i += 4) {
    const r0 = base + outer[i]!;
    const r1 = base + outer[i + 1]!;
    const r2 = base + outer[i + 2]!;
    const r3 = base + outer[i + 3]!;
    for (let k = t; k < tEnd; k++) {
      const c = inner[k]!;
      packed[p] = data[r0 + c]!;
      packed[p + 1] = data[r1 + c]!;
      packed[p + 2] = data[r2 + c]!;
      packed[p + 3] = data[r3 + c]!;
      p += 4;
    }
  }
  if (i === iEnd) return;
  for (let k = t; k < tEnd; k++) {
    for (let r = 0; r < 4; r++) packed[p + r] = i + r < iEnd ? data[base + outer[i + r]! + inner[k]!]! : 0;
    p += 4;
  }
}

function addTile(tile: Float64Array, width: number, i: number, iEnd: number, j: number, jEnd: number, out: Target): void {
  const { data, base, rows, cols } = out;
  for (let row = 0; i < iEnd; i++, row += width) {
    const o = base + rows[i]!;
    for (let col = j, p = row; col < jEnd; col++, p++) data[o + cols[col]!]! += tile[p]!;
  }
}
