import type { Operand, Target } from "./product.js";

/** The product without packing, four rows at a time: for small sizes, and for few columns. */
export function multiplyDirect(a: Operand, b: Operand, out: Target): void {
  const m = a.outer.length;
  const n = b.outer.length;
  const depth = a.inner.length;
  const { data: x, inner: ak, outer: rows } = a;
  const { data: y, inner: bk } = b;
  const z = out.data;
  for (let j = 0; j < n; j++) {
    const q = b.base + b.outer[j]!;
    const o = out.base + out.cols[j]!;
    let i = 0;
    for (; i + 4 <= m; i += 4) {
      const p0 = a.base + rows[i]!;
      const p1 = a.base + rows[i + 1]!;
      const p2 = a.base + rows[i + 2]!;
      const p3 = a.base + rows[i + 3]!;
      let s0 = 0,
        s1 = 0,
        s2 = 0,
        s3 = 0;
      for (let k = 0; k < depth; k++) {
        const c = ak[k]!;
        const v = y[q + bk[k]!]!;
        s0 += x[p0 + c]! * v;
        s1 += x[p1 + c]! * v;
        s2 += x[p2 + c]! * v;
        s3 += x[p3 + c]! * v;
      }
      z[o + out.rows[i]!]! += s0;
      z[o + out.rows[i + 1]!]! += s1;
      z[o + out.rows[i + 2]!]! += s2;
      z[o + out.rows[i + 3]!]! += s3;
    }
    for (; i < m; i++) {
      const p = a.base + rows[i]!;
      let s = 0;
      for (let k = 0; k < depth; k++) s += x[p + ak[k]!]! * y[q + bk[k]!]!;
      z[o + out.rows[i]!]! += s;
    }
  }
}
