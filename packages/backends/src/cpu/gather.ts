import type { Backend } from "../backend.js";
import { floatsOf, positionsOf, type Storage } from "./storage.js";

/** out[o, k, i] = input[o, index[k], i], or 0 where index[k] is −1. */
export function createGather(storage: Storage): Backend["gather"] {
  return ({ outer, size, inner, count }, buffer, index) => {
    const input = floatsOf(buffer);
    const positions = positionsOf(index);
    const out = storage.zeros(outer * count * inner);
    let q = 0;
    for (let o = 0; o < outer; o++) {
      const start = o * size * inner;
      for (let k = 0; k < count; k++) {
        const position = positions[k]!;
        if (position < 0) {
          q += inner;
          continue;
        }
        for (let p = start + position * inner, end = p + inner; p < end; p++, q++) out[q] = input[p]!;
      }
    }
    return out;
  };
}

/** out[o, index[k], i] += input[o, k, i]; entries whose index is −1 go nowhere. */
export function createScatterAdd(storage: Storage): Backend["scatterAdd"] {
  return ({ outer, size, inner, count }, buffer, index) => {
    const input = floatsOf(buffer);
    const positions = positionsOf(index);
    const out = storage.accumulator(outer * size * inner);
    let p = 0;
    for (let o = 0; o < outer; o++) {
      const start = o * size * inner;
      for (let k = 0; k < count; k++) {
        const position = positions[k]!;
        if (position < 0) {
          p += inner;
          continue;
        }
        for (let q = start + position * inner, end = q + inner; q < end; q++, p++) out[q]! += input[p]!;
      }
    }
    return storage.finish(out);
  };
}
