/** tile += a bᵀ over packed panels; 16 accumulators are as many as fit the registers. */
export function multiplyPanels(height: number, width: number, depth: number, a: Float64Array, b: Float64Array, tile: Float64Array): void {
  for (let j = 0; j < width; j += 4) {
    for (let i = 0; i < height; i += 4) {
      let p = i * depth;
      let q = j * depth;
      let c00 = 0,
        c01 = 0,
        c02 = 0,
        c03 = 0;
      let c10 = 0,
        c11 = 0,
        c12 = 0,
        c13 = 0;
      let c20 = 0,
        c21 = 0,
        c22 = 0,
        c23 = 0;
      let c30 = 0,
        c31 = 0,
        c32 = 0,
        c33 = 0;
      for (const end = p + 4 * depth; p < end; p += 4, q += 4) {
        const a0 = a[p]!;
        const a1 = a[p + 1]!;
        const a2 = a[p + 2]!;
        const a3 = a[p + 3]!;
        const b0 = b[q]!;
        c00 += a0 * b0;
        c10 += a1 * b0;
        c20 += a2 * b0;
        c30 += a3 * b0;
        const b1 = b[q + 1]!;
        c01 += a0 * b1;
        c11 += a1 * b1;
        c21 += a2 * b1;
        c31 += a3 * b1;
        const b2 = b[q + 2]!;
        c02 += a0 * b2;
        c12 += a1 * b2;
        c22 += a2 * b2;
        c32 += a3 * b2;
        const b3 = b[q + 3]!;
        c03 += a0 * b3;
        c13 += a1 * b3;
        c23 += a2 * b3;
        c33 += a3 * b3;
      }
      let o = i * width + j;
      tile[o]! += c00;
      tile[o + 1]! += c01;
      tile[o + 2]! += c02;
      tile[o + 3]! += c03;
      o += width;
      tile[o]! += c10;
      tile[o + 1]! += c11;
      tile[o + 2]! += c12;
      tile[o + 3]! += c13;
      o += width;
      tile[o]! += c20;
      tile[o + 1]! += c21;
      tile[o + 2]! += c22;
      tile[o + 3]! += c23;
      o += width;
      tile[o]! += c30;
      tile[o + 1]! += c31;
      tile[o + 2]! += c32;
      tile[o + 3]! += c33;
    }
  }
}
