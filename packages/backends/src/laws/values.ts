import type { Backend } from "../backend.js";

/** Numbers in [0, 1) from a seed (mulberry32). */
export function uniform(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `length` numbers in [low, high) from a seed. */
export function between(low: number, high: number, length: number, seed: number): number[] {
  const next = uniform(seed);
  return Array.from({ length }, () => low + (high - low) * next());
}

/** `length` numbers in [−1, 1) from a seed. */
export function values(length: number, seed: number): number[] {
  return between(-1, 1, length, seed);
}

/** Small whole numbers with ties, and a NaN in about one of `rarity` places (none for Infinity). */
export function tiedValues(length: number, seed: number, rarity: number): number[] {
  const next = uniform(seed);
  return Array.from({ length }, () => (next() < 1 / rarity ? NaN : Math.floor(5 * next()) - 2));
}

/** The numbers as `backend` stores them: a law's reference starts from these. */
export function stored(backend: Backend, numbers: readonly number[]): number[] {
  return backend.precision === "float32" ? numbers.map(Math.fround) : [...numbers];
}
