import type { Rng } from "../rng.js";
import type { Tree } from "../tree.js";
import type { FlatFunction } from "./flat-function.js";
import { allFinite } from "./vectors.js";

/**
 * A point beside x: every entry is moved by up to a tenth of its unit, which keeps signs and breaks ties.
 * @returns null if f is finite at none of the points tried: ten, ever closer to x
 */
export function beside<X extends Tree>(f: FlatFunction<X>, stream: Rng): Float64Array | null {
  let reach = 0.1;
  for (let attempt = 0; attempt < 10; attempt++, reach /= 4) {
    const point = f.x.map((xi, i) => xi + reach * (2 * stream.uniform() - 1) * (f.unit[i] as number));
    if (allFinite(f.at(point))) return point;
  }
  return null;
}
