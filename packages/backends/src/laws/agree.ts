/**
 * Throws unless got[i] = want[i] within an absolute `tolerance`, with NaN for NaN and infinity for infinity.
 */
export function agree(what: string, got: ArrayLike<number>, want: ArrayLike<number>, tolerance: number): void {
  if (got.length !== want.length) throw new Error(`${what}: has ${got.length} entries; it must have ${want.length}`);
  for (let i = 0; i < want.length; i++) {
    const difference = Math.abs(got[i]! - want[i]!);
    if (Object.is(got[i], want[i]) || difference <= tolerance) continue;
    throw new Error(`${what}: entry ${i} is ${got[i]}; it must be ${want[i]} within ${tolerance}`);
  }
}

/** Throws unless both hold the same bits. */
export function agreeExactly(what: string, got: ArrayLike<number>, want: ArrayLike<number>): void {
  agree(what, got, want, -1);
}

/** Σ a_i b_i. */
export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** ‖a‖₂. */
export function norm(a: ArrayLike<number>): number {
  return Math.sqrt(dot(a, a));
}
