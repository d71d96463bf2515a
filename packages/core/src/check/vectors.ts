import type { Rng } from "../rng.js";

export function dot(a: Float64Array, b: Float64Array): number {
  let total = 0;
  for (let i = 0; i < a.length; i++) total += (a[i] as number) * (b[i] as number);
  return total;
}

export function norm(a: Float64Array): number {
  return Math.sqrt(dot(a, a));
}

/** max |aᵢ|; 0 if there is no entry. */
export function maxAbs(a: ArrayLike<number>): number {
  let most = 0;
  for (let i = 0; i < a.length; i++) most = Math.max(most, Math.abs(a[i] as number));
  return most;
}

/** a + s·b. */
export function plus(a: Float64Array, s: number, b: Float64Array): Float64Array {
  return a.map((ai, i) => ai + s * (b[i] as number));
}

/** Entry by entry. */
export function times(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((ai, i) => ai * (b[i] as number));
}

export function scaled(a: Float64Array, s: number): Float64Array {
  return a.map((ai) => s * ai);
}

export function allFinite(a: ArrayLike<number>): boolean {
  for (let i = 0; i < a.length; i++) if (!Number.isFinite(a[i])) return false;
  return true;
}

/** The first entry whose bits differ, −0 from 0 included; −1 if there is none. NaN is the same as NaN. */
export function firstDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) return Math.min(a.length, b.length);
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return i;
  return -1;
}

export function normals(stream: Rng, length: number): Float64Array {
  return Float64Array.from({ length }, () => stream.normal());
}
