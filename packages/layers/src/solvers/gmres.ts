import { add, mul, requireReadable, sub, type Value } from "@paramat/core";
import { type Arnoldi, arnoldi, extendArnoldi, minimizer } from "./arnoldi.js";
import { iteration } from "./iteration.js";
import type { IterativeOptions, IterativeResult, Products } from "./iterative-result.js";
import { addScaled, dots, lengths, ratios, scaleEach } from "./per-example.js";

export interface GmresOptions extends IterativeOptions {
  /** Steps after which the basis is dropped and a new one begun; each step keeps one more array like z. Default 60. */
  readonly restart?: number;
}

/**
 * A x = z for any square A by minimal residuals over Krylov spaces, restarted, each example on its own; one product with A in each step, and
 * Gram–Schmidt against all before. A preconditioner acts on the right, so residuals are true ones. Saad & Schultz 1986.
 * @param A only `apply` is used
 * @param z [examples, ...shape]
 */
export function gmres(A: Pick<Products, "apply">, z: Value, options: GmresOptions = {}): IterativeResult {
  const { preconditioner = (r: Value) => r, restart = 60 } = options;
  requireReadable("gmres", z.backend, "z");
  const right = z.array;
  const run = iteration({ apply: A.apply, applyTranspose: A.apply }, right, options);
  let x: Value = mul(right, 0);
  let r: Value = right;
  let active = run.note(run.sizes);
  let iterations = 0;
  let stalled = false;
  while (active.some(Boolean) && iterations < run.maxIterations && !stalled) {
    const sizes = lengths(r).map((s, e) => (active[e] ? s : 0));
    const basis: Value[] = [
      scaleEach(
        r,
        ratios(
          sizes.map(() => 1),
          sizes,
        ),
      ),
    ];
    const factors: Arnoldi[] = Array.from(sizes, arnoldi);
    for (let k = 0; k < restart && active.some(Boolean) && iterations < run.maxIterations; k++, iterations++) {
      let next = A.apply(preconditioner(basis[k] as Value));
      const columns = factors.map(() => new Float64Array(k + 2));
      for (const [i, q] of basis.entries()) {
        const h = dots(q, next);
        columns.forEach((column, e) => {
          column[i] = h[e] as number;
        });
        next = addScaled(
          next,
          h.map((c) => -c),
          q,
        );
      }
      const length = lengths(next);
      columns.forEach((column, e) => {
        column[k + 1] = length[e] as number;
      });
      factors.forEach((f, e) => extendArnoldi(f, columns[e] as Float64Array));
      active = run.note(factors.map((f, e) => (active[e] ? f.residual : 0)));
      basis.push(
        scaleEach(
          next,
          ratios(
            length.map(() => 1),
            length,
          ),
        ),
      );
    }
    const weights = factors.map(minimizer);
    let step: Value = mul(right, 0);
    for (let k = 0; k < (weights[0]?.length ?? 0); k++)
      step = addScaled(
        step,
        weights.map((y) => y[k] as number),
        basis[k] as Value,
      );
    x = add(x, preconditioner(step));
    const before = lengths(r);
    r = sub(right, A.apply(x));
    const after = lengths(r);
    active = Array.from(after, (s, e) => !(s <= run.tolerance * (run.sizes[e] as number)));
    // A cycle that gains nothing will gain nothing again.
    stalled = !active.some((on, e) => on && (after[e] as number) < 0.999 * (before[e] as number));
  }
  const remedy = `a cycle of ${restart} steps gained nothing: raise restart, precondition, or use lsqr; A may be singular`;
  return run.finish(x, iterations, stalled ? { outcome: "not converged", remedy } : undefined);
}
