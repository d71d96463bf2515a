import { type Rng, rng } from "../rng.js";
import type { Tree } from "../tree.js";
import { type CheckOptions, settle } from "./check-options.js";
import { type CheckResult, checkResult, type Offender, showError } from "./check-result.js";
import { type FlatFunction, flatFunction } from "./flat-function.js";
import { locate } from "./location.js";
import { direction } from "./probes.js";
import { sweepScale } from "./sweep-scale.js";
import { dot, norm, normals, scaled } from "./vectors.js";

/**
 * ⟨ct, J dx⟩ = ⟨Jᵀ ct, dx⟩: that `vjp` is the transpose of `jvp`, to rounding, for random ct and for dx in each leaf of x by itself and in all.
 * @remarks The error is measured against ‖J dx‖‖ct‖ + ‖Jᵀ ct‖‖dx‖, never against the inner product, which may vanish, and must stay within
 * 64 √(n + m) ε. Where f cancels (x − x), it is measured against the products of norms on the way, which is what rounding is relative to.
 * No finite difference is taken: rules that are wrong together pass; `finiteDifferenceTest` sees them.
 */
export function adjointTest<X extends Tree, Z extends Tree>(f: (x: X) => Z, x: X, options: CheckOptions = {}): CheckResult {
  const { seed, directions } = settle(options);
  return adjointness(flatFunction("adjointTest", f, x), rng(seed), directions);
}

export function adjointness<X extends Tree>(f: FlatFunction<X>, stream: Rng, directions: number): CheckResult {
  const J = f.linearize(f.x);
  const limit = 64 * Math.sqrt(f.numIn + f.numOut) * f.epsilon;
  let largest = 0;
  let worst: { readonly error: number; readonly offender: Offender } | null = null;
  for (let round = 0; round < directions; round++) {
    const ct = scaled(normals(stream, f.numOut), 4 ** round);
    const pulled = J.vjp(ct);
    const parts = f.inputs.length > 1 ? [...f.inputs, { start: 0, size: f.numIn }] : f.inputs;
    for (const { start, size } of parts) {
      if (size === 0) continue;
      const dx = scaled(direction(f, stream, start, start + size), 2 ** (stream.int(7) - 3));
      const pushed = J.jvp(dx);
      const expected = dot(ct, pushed);
      const found = dot(pulled, dx);
      const scale = norm(pushed) * norm(ct) + norm(pulled.subarray(start, start + size)) * norm(dx);
      const gap = Math.abs(expected - found);
      let error = gap === 0 ? 0 : gap / scale;
      if (!(error <= limit)) error = gap / Math.max(scale, sweepScale(f, dx, ct));
      if (!(error <= limit) && (worst === null || size < f.numIn))
        worst = { error, offender: { input: { ...locate(f.inputs, start), index: [] }, expected, found } };
      largest = Math.max(largest, error);
    }
  }
  if (worst)
    return checkResult(
      "adjoint",
      "wrong",
      `⟨ct, J dx⟩ and ⟨Jᵀct, dx⟩ differ by ${showError(worst.error)} (at most ${showError(limit)})`,
      worst.offender,
    );
  return checkResult("adjoint", "ok", `⟨ct, J dx⟩ = ⟨Jᵀct, dx⟩ to ${showError(largest)} (at most ${showError(limit)})`);
}
