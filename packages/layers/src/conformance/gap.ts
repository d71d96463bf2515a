import { type Shape, stridesOf, type Value } from "@paramat/core";

/** How far two sides of an equation are apart, at the entry where they are furthest. */
export interface Gap {
  /** What should be equal, in words: "K(θ)ᵀz by applyTranspose". */
  readonly claim: string;
  readonly expected: number;
  readonly found: number;
  /** Place of the worst entry along each axis; empty for numbers. */
  readonly index: readonly number[];
  /** The same place as a row of K, where the arrays are results, [examples, ...outShape]. */
  readonly row?: number;
  /** Relative to the norms of what went in and came out; NaN where a number is not finite. */
  readonly error: number;
  /** The most that rounding explains. */
  readonly limit: number;
}

/**
 * The gap between two arrays of one shape: ‖found − expected‖ / max(scale, ‖found‖, ‖expected‖).
 * @param options `isResult` where the arrays are K(θ)y, so that the place is a row of K
 */
export function gapBetween(
  claim: string,
  expected: ArrayLike<number>,
  found: Value,
  options: { readonly scale: number; readonly limit: number; readonly isResult?: boolean },
): Gap {
  const flat = found.toArray();
  let [squares, ofExpected, ofFound, worst, at] = [0, 0, 0, -1, 0];
  for (let k = 0; k < flat.length; k++) {
    const [want, have] = [expected[k] as number, flat[k] as number];
    const off = Math.abs(want - have);
    squares += off * off;
    ofExpected += want * want;
    ofFound += have * have;
    if (off > worst || (Number.isNaN(off) && !Number.isNaN(worst))) [worst, at] = [off, k];
  }
  const error = relative(Math.sqrt(squares), Math.max(options.scale, Math.sqrt(ofExpected), Math.sqrt(ofFound)));
  const index = flat.length === 0 ? [] : indexOf(at, found.shape);
  const row = options.isResult && flat.length > 0 ? { row: at % (flat.length / (found.shape[0] as number)) } : {};
  return { claim, expected: expected[at] ?? 0, found: flat[at] ?? 0, index, ...row, error, limit: options.limit };
}

/** The gap between two numbers, relative to `scale`. */
export function gapOfNumbers(
  claim: string,
  expected: number,
  found: number,
  options: { readonly scale: number; readonly limit: number },
): Gap {
  return { claim, expected, found, index: [], error: relative(Math.abs(expected - found), options.scale), limit: options.limit };
}

/** Written so that NaN counts as broken. */
export function isBroken({ error, limit }: Gap): boolean {
  return !(error <= limit);
}

function relative(off: number, scale: number): number {
  return off === 0 ? 0 : off / scale;
}

export function indexOf(flat: number, shape: Shape): number[] {
  const strides = stridesOf(shape);
  return shape.map((n, axis) => Math.floor(flat / (strides[axis] as number)) % n);
}
