import { mul, requireReadable, sizeOf, type Value } from "@paramat/core";
import { iteration } from "./iteration.js";
import type { IterativeOptions, IterativeResult, Products } from "./iterative-result.js";
import { addScaled, dots, lengths, ratios, scaleEach } from "./per-example.js";

export interface LsqrResult extends IterativeResult {
  /** An estimate of ‖A‖_F ‖A⁺‖_F, rarely off by more than a factor of 3 once converged, of the worst example. */
  readonly condition: number;
}

/**
 * min ‖A x − z‖, and of those x the shortest, by the bidiagonalization of A, each example on its own: conjugate gradients on AᵀA without squaring; one
 * product with A and one with Aᵀ in each step. Paige & Saunders, LSQR, 1982.
 * @param A of any shape
 * @param z [examples, ...outShape]
 * @param options no `preconditioner` is used; `tolerance` is also that of ‖Aᵀr‖/(‖A‖‖r‖)
 * @returns x, [examples, ...inShape]; `solved` where A x = z, `least squares` where that has no solution
 */
export function lsqr(A: Products, z: Value, options: Omit<IterativeOptions, "preconditioner"> = {}): LsqrResult {
  requireReadable("lsqr", z.backend, "z");
  const right = z.array;
  let beta = lengths(right);
  let u: Value = scaleEach(
    right,
    ratios(
      beta.map(() => 1),
      beta,
    ),
  );
  let v = A.applyTranspose(u);
  let alpha = lengths(v);
  v = scaleEach(
    v,
    ratios(
      alpha.map(() => 1),
      alpha,
    ),
  );
  const run = iteration(A, right, options, Math.max(sizeOf(right.shape.slice(1)), sizeOf(v.shape.slice(1))));
  let x: Value = mul(v, 0);
  let w = v;
  const count = beta.length;
  const state = Array.from({ length: count }, (_, e) => ({
    phibar: beta[e] as number,
    rhobar: alpha[e] as number,
    normSquared: (alpha[e] as number) ** 2,
    inverseSquared: 0,
    done: !((alpha[e] as number) > 0),
  }));
  let running = run.note(beta);
  let iterations = 0;
  for (; iterations < run.maxIterations && running.some((on, e) => on && !state[e]?.done); iterations++) {
    u = addScaled(
      A.apply(v),
      alpha.map((a) => -a),
      u,
    );
    beta = lengths(u);
    u = scaleEach(
      u,
      ratios(
        beta.map(() => 1),
        beta,
      ),
    );
    v = addScaled(
      A.applyTranspose(u),
      beta.map((b) => -b),
      v,
    );
    alpha = lengths(v);
    v = scaleEach(
      v,
      ratios(
        alpha.map(() => 1),
        alpha,
      ),
    );
    const spread = dots(w, w);
    const [steps, turns] = [new Float64Array(count), new Float64Array(count)];
    state.forEach((s, e) => {
      if (s.done || !running[e]) return;
      const [a, b] = [alpha[e] as number, beta[e] as number];
      const rho = Math.hypot(s.rhobar, b);
      const [c, sine] = [s.rhobar / rho, b / rho];
      steps[e] = (c * s.phibar) / rho;
      turns[e] = (-sine * a) / rho;
      s.inverseSquared += (spread[e] as number) / (rho * rho);
      s.normSquared += a * a + b * b;
      s.rhobar = -c * a;
      s.phibar *= sine;
      // ‖Aᵀr‖ = φ̄ α |c|
      s.done = a * Math.abs(c) <= run.tolerance * Math.sqrt(s.normSquared);
    });
    x = addScaled(x, steps, w);
    w = addScaled(v, turns, w);
    running = run.note(state.map((s) => s.phibar));
  }
  const condition = Math.max(1, ...state.map((s) => Math.sqrt(s.normSquared * s.inverseSquared)));
  const minimal = state.every((s, e) => s.done || !running[e]);
  const remedy = "A x = z has no solution; x minimizes ‖A x − z‖";
  return { ...run.finish(x, iterations, minimal ? { outcome: "least squares", remedy } : undefined), condition };
}
