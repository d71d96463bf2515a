import type { Backend } from "../backend.js";
import { floatsOf, type Storage } from "./storage.js";

/** out[o, k, i] = Σ_{l ≤ k} input[o, l, i], or Σ_{l ≥ k} in reverse; carried in float64. */
export function createScan(storage: Storage): Backend["scan"] {
  return (outer, size, inner, reverse, buffer) => {
    const input = floatsOf(buffer);
    const out = storage.accumulator(outer * size * inner);
    const step = reverse ? -inner : inner;
    for (let o = 0; o < outer; o++) {
      let p = (o * size + (reverse ? size - 1 : 0)) * inner;
      for (let k = 0; k < size; k++, p += step) {
        if (k === 0) for (let i = p; i < p + inner; i++) out[i] = input[i]!;
        else for (let i = p; i < p + inner; i++) out[i] = out[i - step]! + input[i]!;
      }
    }
    return storage.finish(out);
  };
}
