import { mul, requireReadable, type Value } from "@paramat/core";
import { iteration } from "./iteration.js";
import type { IterativeOptions, IterativeResult, Products } from "./iterative-result.js";
import { addScaled, dots, lengths, ratios } from "./per-example.js";

/**
 * A x = z for symmetric positive definite A by conjugate gradients, each example on its own; one product with A in each step. The error in the A-norm
 * falls by (√κ − 1)/(√κ + 1) in each step or faster. Hestenes & Stiefel 1952; Golub & Van Loan, § 11.3.
 * @param A only `apply` is used
 * @param z [examples, ...shape]
 * @returns `breakdown` where yᵀAy ≤ 0 shows that A is not positive definite
 */
export function conjugateGradient(A: Pick<Products, "apply">, z: Value, options: IterativeOptions = {}): IterativeResult {
  const { preconditioner = (r: Value) => r } = options;
  requireReadable("conjugateGradient", z.backend, "z");
  const right = z.array;
  const run = iteration({ apply: A.apply, applyTranspose: A.apply }, right, options);
  let x: Value = mul(right, 0);
  let r: Value = right;
  let s = preconditioner(r);
  let p = s;
  let rs = dots(r, s);
  let active = run.note(run.sizes);
  let iterations = 0;
  for (; active.some(Boolean) && iterations < run.maxIterations; iterations++) {
    const Ap = A.apply(p);
    const curvature = dots(p, Ap);
    const bad = active.findIndex((on, e) => on && !((curvature[e] as number) > 0));
    if (bad >= 0) {
      const remedy = `yᵀAy = ${curvature[bad]} for a direction y of example ${bad}: A is not positive definite; use minres for symmetric A, gmres or lsqr for any`;
      return run.finish(x, iterations, { outcome: "breakdown", remedy });
    }
    const step = ratios(rs, curvature).map((a, e) => (active[e] ? a : 0));
    x = addScaled(x, step, p);
    r = addScaled(
      r,
      step.map((a) => -a),
      Ap,
    );
    s = preconditioner(r);
    const next = dots(r, s);
    p = addScaled(s, ratios(next, rs), p);
    rs = next;
    active = run.note(lengths(r));
  }
  return run.finish(x, iterations);
}
