import { allFinite, maxAbs, plus } from "./vectors.js";

/** The derivative of a map along one direction, by differences. */
export interface Difference {
  /** d/dh F(x + h d) at h = 0, for each entry of F. */
  readonly slope: Float64Array;
  /** How far the slope may be off: what two extrapolations differ by, and rounding. */
  readonly error: number;
  /** The largest |F| met. */
  readonly magnitude: number;
  /** For each entry: does F(x + h d) turn a corner (or jump) at h = 0? */
  readonly kinked: readonly boolean[];
  /** The slopes to the left and to the right of 0, at the smallest step; −∞ and ∞ where F jumps, so that any slope lies between. */
  readonly left: Float64Array;
  readonly right: Float64Array;
}

interface Ladder extends Difference {
  readonly settled: boolean;
}

/**
 * dF/dh along x + h·d at h = 0: central differences at h, h/4, h/16, extrapolated twice (Richardson). Where the two extrapolations disagree, or F
 * is not finite, the ladder starts again at h/64, at most three times; the best attempt counts.
 * @param d in the units of x, so that h = 1 is a change by about the whole of x
 * @param magnitude the largest number met inside F, which sets its rounding
 * @param first step; of a function whose change rounding drowns a longer one shows more
 * @returns null where F is finite at no step: x is at the edge of its domain
 * @remarks First step ε^(1/5) ≈ 2⁻¹⁰ in float64: truncation h⁶ and rounding ε/h are then both about 1e-12.
 */
export function difference(
  F: (x: Float64Array) => Float64Array,
  x: Float64Array,
  value: Float64Array,
  d: Float64Array,
  { epsilon, magnitude }: { readonly epsilon: number; readonly magnitude: number },
  first = 2 ** Math.round(Math.log2(epsilon) / 5),
): Difference | null {
  let best: Ladder | null = null;
  let h = first;
  for (let attempt = 0; attempt < 4; attempt++, h /= 64) {
    const found = ladder(F, x, value, d, h, epsilon, magnitude);
    if (found && (best === null || found.error < best.error)) best = found;
    if (found?.settled) break;
  }
  return best;
}

function ladder(
  F: (x: Float64Array) => Float64Array,
  x: Float64Array,
  value: Float64Array,
  d: Float64Array,
  h: number,
  epsilon: number,
  magnitude: number,
): Ladder | null {
  const steps = [h, h / 4, h / 16].map((step) => ({ step, ahead: F(plus(x, step, d)), behind: F(plus(x, -step, d)) }));
  if (!steps.every(({ ahead, behind }) => allFinite(ahead) && allFinite(behind))) return null;
  const central = steps.map(({ step, ahead, behind }) => ahead.map((a, i) => (a - (behind[i] as number)) / (2 * step)));
  const [first, second, third] = central as [Float64Array, Float64Array, Float64Array];
  const slope = second.map((s, i) => (16 * s - (first[i] as number)) / 15);
  const again = third.map((s, i) => (16 * s - (second[i] as number)) / 15);
  const largest = Math.max(magnitude, maxAbs(value));
  const rounding = (4 * epsilon * (largest + maxAbs(slope))) / h;
  const gap = maxAbs(slope.map((s, i) => s - (again[i] as number)));
  const oneSided = steps.map(({ step, ahead, behind }) => ({
    right: ahead.map((a, i) => (a - (value[i] as number)) / step),
    left: behind.map((b, i) => ((value[i] as number) - b) / step),
  }));
  const [, coarse, fine] = oneSided as [Sides, Sides, Sides];
  const jumps = Array.from(
    value,
    (_, i) => growsAsOverH(coarse.left, fine.left, i, 64 * rounding) || growsAsOverH(coarse.right, fine.right, i, 64 * rounding),
  );
  const corners = Array.from(value, (_, i) => {
    const [outer, inner] = [spread(coarse, i), spread(fine, i)];
    // Where F is smooth the two slopes differ by h F″ and close with h; at a corner they do not.
    return inner > 0.5 * outer && inner > 64 * rounding;
  });
  return {
    slope,
    error: gap + rounding,
    magnitude: largest,
    kinked: corners.map((corner, i) => corner || (jumps[i] as boolean)),
    left: fine.left.map((s, i) => (jumps[i] ? Number.NEGATIVE_INFINITY : s)),
    right: fine.right.map((s, i) => (jumps[i] ? Number.POSITIVE_INFINITY : s)),
    settled: gap <= 1e-5 * maxAbs(slope) + 64 * rounding,
  };
}

interface Sides {
  readonly left: Float64Array;
  readonly right: Float64Array;
}

function spread({ left, right }: Sides, i: number): number {
  return Math.abs((right[i] as number) - (left[i] as number));
}

/** Four times the slope at a quarter of the step: F jumps. */
function growsAsOverH(coarse: Float64Array, fine: Float64Array, i: number, rounding: number): boolean {
  const size = Math.abs(fine[i] as number);
  return size > rounding && Math.abs((fine[i] as number) - 4 * (coarse[i] as number)) < 0.1 * size;
}
