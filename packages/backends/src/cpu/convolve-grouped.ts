import type { Floats } from "./storage.js";

/** Position p and tap t of output channel o read y at cells[p] + taps[t] + groupStarts[o] and θ at t·channelsOut + o. */
export interface ConvTables {
  readonly cells: Int32Array;
  readonly taps: Int32Array;
  readonly groupStarts: Int32Array;
  readonly channelsOut: number;
}

// For few channels per group (depthwise: one) a matrix product per group would be all edges. These run over the output channels of every
// group together, four at a time.

/** z[p, o] += Σ_t θ[t, o] y[p, t, o]. */
export function applyGrouped(tables: ConvTables, theta: Floats, y: Floats, z: Float64Array): void {
  const { cells, taps, groupStarts, channelsOut } = tables;
  const numTaps = taps.length;
  for (let p = 0, q = 0; p < cells.length; p++, q += channelsOut) {
    const cell = cells[p]!;
    let o = 0;
    for (; o + 4 <= channelsOut; o += 4) {
      const y0 = cell + groupStarts[o]!;
      const y1 = cell + groupStarts[o + 1]!;
      const y2 = cell + groupStarts[o + 2]!;
      const y3 = cell + groupStarts[o + 3]!;
      let s0 = 0,
        s1 = 0,
        s2 = 0,
        s3 = 0;
      for (let t = 0, w = o; t < numTaps; t++, w += channelsOut) {
        const tap = taps[t]!;
        s0 += theta[w]! * y[y0 + tap]!;
        s1 += theta[w + 1]! * y[y1 + tap]!;
        s2 += theta[w + 2]! * y[y2 + tap]!;
        s3 += theta[w + 3]! * y[y3 + tap]!;
      }
      z[q + o] = s0;
      z[q + o + 1] = s1;
      z[q + o + 2] = s2;
      z[q + o + 3] = s3;
    }
    for (; o < channelsOut; o++) {
      const start = cell + groupStarts[o]!;
      let s = 0;
      for (let t = 0, w = o; t < numTaps; t++, w += channelsOut) s += theta[w]! * y[start + taps[t]!]!;
      z[q + o] = s;
    }
  }
}

/** y[p, t, o] += θ[t, o] z[p, o]. */
export function applyTransposeGrouped(tables: ConvTables, theta: Floats, z: Floats, y: Float64Array): void {
  const { cells, taps, groupStarts, channelsOut } = tables;
  const numTaps = taps.length;
  for (let p = 0, q = 0; p < cells.length; p++, q += channelsOut) {
    for (let t = 0, w = 0; t < numTaps; t++, w += channelsOut) {
      const cell = cells[p]! + taps[t]!;
      for (let o = 0; o < channelsOut; o++) y[cell + groupStarts[o]!]! += theta[w + o]! * z[q + o]!;
    }
  }
}

/** θ[t, o] += Σ_p y[p, t, o] z[p, o]. */
export function jacobianTransposeGrouped(tables: ConvTables, y: Floats, z: Floats, theta: Float64Array): void {
  const { cells, taps, groupStarts, channelsOut } = tables;
  const numTaps = taps.length;
  // Blocks of positions that the first-level cache keeps while every tap passes over them.
  for (let begin = 0; begin < cells.length; begin += BLOCK) {
    const end = Math.min(begin + BLOCK, cells.length);
    for (let t = 0, w = 0; t < numTaps; t++, w += channelsOut) {
      const tap = taps[t]!;
      let o = 0;
      for (; o + 4 <= channelsOut; o += 4) {
        const y0 = tap + groupStarts[o]!;
        const y1 = tap + groupStarts[o + 1]!;
        const y2 = tap + groupStarts[o + 2]!;
        const y3 = tap + groupStarts[o + 3]!;
        let s0 = 0,
          s1 = 0,
          s2 = 0,
          s3 = 0;
        for (let p = begin, q = begin * channelsOut + o; p < end; p++, q += channelsOut) {
          const cell = cells[p]!;
          s0 += y[y0 + cell]! * z[q]!;
          s1 += y[y1 + cell]! * z[q + 1]!;
          s2 += y[y2 + cell]! * z[q + 2]!;
          s3 += y[y3 + cell]! * z[q + 3]!;
        }
        theta[w + o]! += s0;
        theta[w + o + 1]! += s1;
        theta[w + o + 2]! += s2;
        theta[w + o + 3]! += s3;
      }
      for (; o < channelsOut; o++) {
        const start = tap + groupStarts[o]!;
        let s = 0;
        for (let p = begin, q = begin * channelsOut + o; p < end; p++, q += channelsOut) s += y[start + cells[p]!]! * z[q]!;
        theta[w + o]! += s;
      }
    }
  }
}

const BLOCK = 64;
