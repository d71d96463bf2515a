import type { Tree } from "@paramat/core";
import type { Product } from "./problem.js";
import { pacerFor } from "./tree-vector.js";
import type { Vectors } from "./vectors.js";

export interface SteihaugOptions {
  /** Δ; ∞ asks for no bound. */
  readonly radius: number;
  /** Stops at ‖g + Bp‖ ≤ this · ‖g‖. */
  readonly tolerance: number;
  readonly maxProducts: number;
}

export interface SteihaugResult<P extends Tree> {
  readonly step: P;
  /** −(⟨g, p⟩ + ½⟨p, Bp⟩), what the model promises. */
  readonly predicted: number;
  /** ⟨g, p⟩. */
  readonly slope: number;
  readonly length: number;
  readonly end: "tolerance" | "boundary" | "negative curvature" | "limit";
}

/**
 * p that nearly minimizes ⟨g, p⟩ + ½⟨p, Bp⟩ over ‖p‖ ≤ Δ by conjugate gradients, up to the boundary, or along a direction of negative curvature to it
 * (Steihaug, 1983; Nocedal & Wright, Numerical Optimization, algorithm 7.2). Without a bound, what was found before negative curvature showed, or −g
 * (algorithm 7.1).
 * @param vectors hold the step
 * @param product v ↦ Bv, B symmetric
 */
export async function steihaug<P extends Tree>(
  vectors: Vectors,
  product: Product<P>,
  gradient: P,
  options: SteihaugOptions,
): Promise<SteihaugResult<P>> {
  const { radius, tolerance, maxProducts } = options;
  // What is made on the way is freed on the way: there may be hundreds of products.
  const part = vectors.part();
  const { dot, norm, plus, scaled } = part;
  let p = scaled(0, gradient);
  let r = gradient;
  let d = scaled(-1, gradient);
  let rr = await dot(r, r);
  const pace = pacerFor(gradient);
  const enough = tolerance * Math.sqrt(rr);
  const done = async (step: P, end: SteihaugResult<P>["end"], residual: P): Promise<SteihaugResult<P>> => {
    const slope = await dot(gradient, step);
    const length = await norm(step);
    // Bp = r − g, so ⟨g, p⟩ + ½⟨p, Bp⟩ = ½⟨g + r, p⟩.
    const predicted = -0.5 * (slope + (await dot(residual, step)));
    const kept = vectors.scaled(1, step);
    part.keepOnly();
    return { step: kept, end, slope, predicted, length };
  };
  for (let products = 0; products < maxProducts && Math.sqrt(rr) > enough; products++) {
    await pace();
    const Bd = await product(d, part);
    const curvature = await dot(d, Bd);
    if (!(curvature > 0)) {
      if (radius < Number.POSITIVE_INFINITY) return toBoundary(part, p, d, Bd, r, radius, "negative curvature", done);
      return products === 0 ? done(d, "negative curvature", plus(r, 1, Bd)) : done(p, "negative curvature", r);
    }
    const alpha = rr / curvature;
    const next = plus(p, alpha, d);
    if (radius < Number.POSITIVE_INFINITY && (await norm(next)) >= radius) return toBoundary(part, p, d, Bd, r, radius, "boundary", done);
    p = next;
    r = plus(r, alpha, Bd);
    const after = await dot(r, r);
    d = plus(scaled(-1, r), after / rr, d);
    rr = after;
    part.keepOnly(p, r, d);
  }
  return done(p, Math.sqrt(rr) > enough ? "limit" : "tolerance", r);
}

/** p + τd with ‖p + τd‖ = Δ, τ ≥ 0. */
async function toBoundary<P extends Tree>(
  { dot, plus }: Vectors,
  p: P,
  d: P,
  Bd: P,
  r: P,
  radius: number,
  end: "boundary" | "negative curvature",
  done: (step: P, end: SteihaugResult<P>["end"], residual: P) => Promise<SteihaugResult<P>>,
): Promise<SteihaugResult<P>> {
  const [pp, pd, dd] = [await dot(p, p), await dot(p, d), await dot(d, d)];
  const tau = (-pd + Math.sqrt(pd * pd + dd * Math.max(radius * radius - pp, 0))) / dd;
  return done(plus(p, tau, d), end, plus(r, tau, Bd));
}
