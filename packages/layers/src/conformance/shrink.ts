import { holdsExamples, named, onlyExample, type Point, withNumbers } from "./point.js";

/** How often a law may be tried again to make its counterexample small. */
const MOST_TRIALS = 600;

/**
 * The smallest point near `point` at which `fails` still says true: one example if one is enough, as many entries 0 as possible, the others 1 or
 * else whole numbers. Most faults show at unit vectors θ = u_k, y = u_j, which a person can check by hand.
 * @param fails must not throw
 */
export function shrink<N extends string>(point: Point<N>, fails: (point: Point<N>) => boolean): Point<N> {
  let best = point;
  let trials = 0;
  const accept = (candidate: Point<N>): boolean => {
    if (trials >= MOST_TRIALS) return false;
    trials++;
    if (!fails(candidate)) return false;
    best = candidate;
    return true;
  };
  const numExamples = named(point).find(([name]) => holdsExamples(name))?.[1].shape[0] ?? 0;
  for (let e = 0; e < numExamples; e++) if (accept(onlyExample(point, e))) break;
  for (const [name] of named(point)) {
    clearBlocks(
      () => best[name].flat,
      (flat) => accept(withNumbers(best, name, flat)),
    );
  }
  for (const [name] of named(point)) {
    for (let k = 0; k < best[name].flat.length; k++) {
      const x = best[name].flat[k] as number;
      // 2 and 3 beside 1, since 1² = 1; negative numbers, since |x| = x.
      for (const simple of x === 0 ? [] : [1, 2, 3, -1, -2, -3, Math.round(x), Number(x.toPrecision(2))]) {
        if (simple === 0 || simple === x) continue;
        if (accept(withNumbers(best, name, best[name].flat.with(k, simple)))) break;
      }
    }
  }
  return best;
}

/** Zeros in stretches of half the entries, then of a quarter, … of one, wherever the failure survives that. */
function clearBlocks(current: () => Float64Array, accept: (flat: Float64Array) => boolean): void {
  const size = current().length;
  for (let block = size; block >= 1; block = Math.floor(block / 2)) {
    // From the end, so that what is left stands at the beginning.
    for (let stop = size; stop > 0; stop -= block) {
      const flat = current();
      const start = Math.max(0, stop - block);
      if (flat.subarray(start, stop).every((x) => x === 0)) continue;
      const cleared = flat.slice();
      cleared.fill(0, start, stop);
      accept(cleared);
    }
  }
}
