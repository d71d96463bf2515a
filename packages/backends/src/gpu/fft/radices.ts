/** Largest factor that is not a prime: what one pass reads grows with it, how many passes there are falls. */
const LARGEST_FACTOR = 16;
/** Prime factors up to this are summed from the definition; a length with a larger one goes through Bluestein's chirp. */
const LARGEST_PRIME = 128;
/** What one pass more costs, in terms of a sum. */
const PASS = 12;

/** n as factors of one pass each: 1000 → [10, 10, 10]; null where a prime factor is too large. Empty for n = 1. */
export function radicesOf(n: number): readonly number[] | null {
  return cheapest(n, new Map())?.radices ?? null;
}

interface Plan {
  readonly radices: readonly number[];
  readonly cost: number;
}

function cheapest(n: number, known: Map<number, Plan | null>): Plan | null {
  if (n === 1) return { radices: [], cost: 0 };
  const held = known.get(n);
  if (held !== undefined) return held;
  let best: Plan | null = null;
  for (let radix = 2; radix <= Math.min(n, LARGEST_PRIME); radix++) {
    if (n % radix !== 0 || (radix > LARGEST_FACTOR && !isPrime(radix))) continue;
    const rest = cheapest(n / radix, known);
    if (rest === null) continue;
    const cost = radix + PASS + rest.cost;
    if (best === null || cost < best.cost) best = { radices: [radix, ...rest.radices], cost };
  }
  known.set(n, best);
  return best;
}

function isPrime(n: number): boolean {
  for (let p = 2; p * p <= n; p++) if (n % p === 0) return false;
  return true;
}
