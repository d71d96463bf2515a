import type { Tree } from "@paramat/core";
import { pacerFor } from "./tree-vector.js";
import type { Vectors } from "./vectors.js";

/** A as products, from trees like x to trees like b. */
export interface LinearMap<X extends Tree, B extends Tree> {
  apply(x: X): B;
  applyTranspose(b: B): X;
}

export interface LsqrOptions {
  /** Stops at ‖b − A x‖ ≤ this · ‖b‖, and at ‖Aᵀr‖ ≤ this · ‖A‖‖r‖. */
  readonly tolerance: number;
  readonly maxIterations: number;
  readonly signal?: AbortSignal | undefined;
}

export interface LsqrResult<X extends Tree> {
  readonly solution: X;
  readonly isDone: boolean;
  /** Each is one product with A and one with Aᵀ. */
  readonly iterations: number;
  /** An estimate of ‖A‖_F ‖A⁺‖_F. */
  readonly condition: number;
}

/**
 * argmin ‖A x − b‖, and of those x the shortest, by Golub and Kahan's bidiagonalization (Paige & Saunders, LSQR, 1982, section 4). Its scalars are read as
 * promises, so it runs on every backend; what it makes on the way is freed on the way.
 * @param vectors hold the solution
 */
export async function lsqr<X extends Tree, B extends Tree>(
  vectors: Vectors,
  A: LinearMap<X, B>,
  b: B,
  { tolerance, maxIterations, signal }: LsqrOptions,
): Promise<LsqrResult<X>> {
  const part = vectors.part();
  const { make, norm, plus, scaled } = part;
  const size = await norm(b);
  let beta = size;
  let u = scaled(inverse(beta), b);
  let v = make(() => A.applyTranspose(u));
  let alpha = await norm(v);
  v = scaled(inverse(alpha), v);
  let w = v;
  let x = scaled(0, v);
  let [phibar, rhobar, normSquared, inverseSquared] = [beta, alpha, alpha ** 2, 0];
  let isDone = !(alpha > 0) || !(beta > 0);
  let iterations = 0;
  const pace = pacerFor(x);
  for (; iterations < maxIterations && !isDone && Number.isFinite(phibar) && !signal?.aborted; iterations++) {
    await pace();
    u = plus(
      make(() => A.apply(v)),
      -alpha,
      u,
    );
    beta = await norm(u);
    u = scaled(inverse(beta), u);
    v = plus(
      make(() => A.applyTranspose(u)),
      -beta,
      v,
    );
    alpha = await norm(v);
    v = scaled(inverse(alpha), v);
    const rho = Math.hypot(rhobar, beta);
    const [cosine, sine] = [rhobar / rho, beta / rho];
    inverseSquared += (await norm(w)) ** 2 / rho ** 2;
    normSquared += alpha ** 2 + beta ** 2;
    x = plus(x, (cosine * phibar) / rho, w);
    w = plus(v, (-sine * alpha) / rho, w);
    rhobar = -cosine * alpha;
    phibar *= sine;
    // ‖r‖ = φ̄, and ‖Aᵀr‖ = φ̄ α |c|.
    isDone = phibar <= tolerance * size || alpha * Math.abs(cosine) <= tolerance * Math.sqrt(normSquared);
    part.keepOnly(u, v, w, x);
  }
  const solution = vectors.scaled(1, x);
  part.keepOnly();
  return { solution, isDone, iterations, condition: Math.max(1, Math.sqrt(normSquared * inverseSquared)) };
}

/** 1/a, and 0 where a is 0: nothing is left in that direction. */
function inverse(a: number): number {
  return a === 0 ? 0 : 1 / a;
}
