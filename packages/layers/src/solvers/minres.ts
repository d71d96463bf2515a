import { mul, requireReadable, type Value } from "@paramat/core";
import { iteration } from "./iteration.js";
import type { IterativeOptions, IterativeResult, Products } from "./iterative-result.js";
import { addScaled, dots, scaleEach } from "./per-example.js";

/** The scalars of one example between steps. */
interface Scalars {
  beta: number;
  oldBeta: number;
  dbar: number;
  epsilon: number;
  phibar: number;
  cs: number;
  sn: number;
  normSquared: number;
  active: boolean;
}

/**
 * A x = z for symmetric A, definite or not, by minimal residuals over Krylov spaces: Lanczos' recurrence and rotations, each example on its own; one
 * product with A in each step. Paige & Saunders 1975.
 * @param A only `apply` is used
 * @param z [examples, ...shape]
 * @returns `least squares` where A is singular and z outside its range
 */
export function minres(A: Pick<Products, "apply">, z: Value, options: IterativeOptions = {}): IterativeResult {
  const { preconditioner = (r: Value) => r } = options;
  requireReadable("minres", z.backend, "z");
  const right = z.array;
  const run = iteration({ apply: A.apply, applyTranspose: A.apply }, right, options);
  const zero: Value = mul(right, 0);
  let x = zero;
  let [r1, r2]: [Value, Value] = [right, right];
  let y = preconditioner(right);
  const start = dots(right, y);
  if (start.some((b) => b < 0)) {
    return run.finish(x, 0, { outcome: "breakdown", remedy: "rᵀM⁻¹r < 0: the preconditioner must be symmetric positive definite" });
  }
  const scalars = Array.from(start, (b): Scalars => {
    const beta = Math.sqrt(b);
    return { beta, oldBeta: 0, dbar: 0, epsilon: 0, phibar: beta, cs: -1, sn: 0, normSquared: 0, active: beta > 0 };
  });
  const each = (f: (s: Scalars) => number) => scalars.map((s) => (s.active ? f(s) : 0));
  // Residuals are in the norm of M⁻¹; as a share of the first they compare with the tolerance.
  const first = scalars.map((s) => s.beta);
  const note = () => run.note(scalars.map((s, e) => (first[e] ? (s.phibar / (first[e] as number)) * (run.sizes[e] as number) : 0)));
  note();
  let [w, w2] = [zero, zero];
  let iterations = 0;
  let inconsistent = false;
  for (; scalars.some((s) => s.active) && iterations < run.maxIterations; iterations++) {
    const v = scaleEach(
      y,
      each((s) => 1 / s.beta),
    );
    y = A.apply(v);
    if (iterations > 0)
      y = addScaled(
        y,
        each((s) => -s.beta / s.oldBeta),
        r1,
      );
    const alpha = dots(v, y);
    y = addScaled(
      y,
      scalars.map((s, e) => (s.active ? -(alpha[e] as number) / s.beta : 0)),
      r2,
    );
    [r1, r2] = [r2, y];
    y = preconditioner(r2);
    const next = dots(r2, y);
    const before = scalars.map(({ epsilon, active }) => ({ epsilon, active }));
    const updates = scalars.map((s, e) =>
      s.active ? advance(s, alpha[e] as number, Math.sqrt(Math.max(next[e] as number, 0)), run.tolerance) : null,
    );
    const w1 = w2;
    w2 = w;
    const bare = addScaled(
      addScaled(
        v,
        before.map((b) => -b.epsilon),
        w1,
      ),
      updates.map((u) => -(u?.delta ?? 0)),
      w2,
    );
    w = scaleEach(
      bare,
      updates.map((u) => 1 / (u?.gamma ?? 1)),
    );
    x = addScaled(
      x,
      updates.map((u) => u?.phi ?? 0),
      w,
    );
    const running = note();
    scalars.forEach((s, e) => {
      const ended = updates[e]?.isMinimal === true || s.beta === 0;
      if (s.active && running[e] && ended) inconsistent = true;
      s.active = s.active && running[e] === true && !ended;
    });
  }
  const remedy = "A is singular and z is outside its range; x minimizes ‖A x − z‖";
  return run.finish(x, iterations, inconsistent ? { outcome: "least squares", remedy } : undefined);
}

/** One rotation of the tridiagonal matrix's factor. Names as in Paige and Saunders' program. */
function advance(s: Scalars, alpha: number, nextBeta: number, tolerance: number) {
  s.oldBeta = s.beta;
  s.beta = nextBeta;
  s.normSquared += alpha * alpha + s.oldBeta * s.oldBeta + nextBeta * nextBeta;
  const delta = s.cs * s.dbar + s.sn * alpha;
  const gbar = s.sn * s.dbar - s.cs * alpha;
  s.epsilon = s.sn * nextBeta;
  s.dbar = -s.cs * nextBeta;
  // ‖A r‖ = φ̄ ‖(gbar, dbar)‖ before this step: where it is 0 the residual is least already, and the step would divide by nothing.
  if (Math.hypot(gbar, s.dbar) <= tolerance * Math.sqrt(s.normSquared)) return { delta, gamma: 1, phi: 0, isMinimal: true };
  const gamma = Math.hypot(gbar, nextBeta);
  s.cs = gbar / gamma;
  s.sn = nextBeta / gamma;
  const phi = s.cs * s.phibar;
  s.phibar *= s.sn;
  return { delta, gamma, phi, isMinimal: false };
}
