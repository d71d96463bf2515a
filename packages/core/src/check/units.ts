import type { FlatLeaf } from "./location.js";
import { allFinite, maxAbs, plus } from "./vectors.js";

/**
 * What a change of each entry of x is measured in: the entry's size, but at least 1/100 of its leaf's root mean square, so that small entries among
 * large ones still move the result; 1 in a leaf of zeros. Where f is not finite an eighth of that away (small positive entries under a logarithm),
 * 10⁻⁶ and then nothing stands for 1/100.
 */
export function units(x: Float64Array, inputs: readonly FlatLeaf[], at: (x: Float64Array) => Float64Array): Float64Array {
  const candidates = [1e-2, 1e-6, 0].map((least) => sizes(x, inputs, least));
  const staysInside = (unit: Float64Array) => allFinite(at(plus(x, 1 / 8, unit))) && allFinite(at(plus(x, -1 / 8, unit)));
  return candidates.find(staysInside) ?? (candidates[0] as Float64Array);
}

function sizes(x: Float64Array, inputs: readonly FlatLeaf[], least: number): Float64Array {
  const unit = new Float64Array(x.length);
  for (const { start, size } of inputs) {
    const part = x.subarray(start, start + size);
    const largest = maxAbs(part);
    // Scaled by the largest entry, so that squares neither overflow nor vanish.
    const rms = largest * Math.sqrt(part.reduce((total, xi) => total + (xi / largest) ** 2, 0) / size);
    for (let i = 0; i < size; i++) {
      const own = Math.max(Math.abs(part[i] as number), least * rms);
      unit[start + i] = largest === 0 ? 1 : own > 0 ? own : rms;
    }
  }
  return unit;
}
