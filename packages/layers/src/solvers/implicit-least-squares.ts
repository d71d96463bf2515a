import {
  add,
  customDerivative,
  grad,
  jvp,
  leaves,
  mul,
  NotDifferentiableError,
  neg,
  rebuild,
  sub,
  sum,
  type Tree,
  type Value,
} from "@paramat/core";
import type { ParametricProducts } from "./implicit-solve.js";
import type { IterativeOptions } from "./iterative-result.js";
import { type LsqrResult, lsqr } from "./lsqr.js";

/**
 * x = K(θ)⁺ z by lsqr, differentiable in θ and z to every order where the rank of K does not change (Golub & Pereyra 1973), with r = z − K x:
 * dx = K⁺(dz − dK x) + K⁺K⁺ᵀ dKᵀ r + (I − K⁺K) dKᵀ K⁺ᵀ x. Each derivative is a few more solves by lsqr.
 * @throws NotDifferentiableError where a derivative's own problem is not solved
 */
export function implicitLeastSquares<Theta extends Tree>(
  K: ParametricProducts<Theta>,
  theta: Theta,
  z: Value,
  options: IterativeOptions,
): LsqrResult {
  const at = (numbers: readonly Value[]) => rebuild(theta, numbers);
  const plain = at(leaves(theta).map((t) => t.array));
  const result = lsqr({ apply: (y) => K.apply(plain, y), applyTranspose: (y) => K.applyTranspose(plain, y) }, z, options);
  const again = (operator: ParametricProducts<Theta>, t: Theta, right: Value): Value => {
    const { solution, outcome, remedy } = implicitLeastSquares(operator, t, right, options);
    if (outcome === "solved" || outcome === "least squares") return solution;
    throw new NotDifferentiableError(`solveLeastSquares: the problem of a derivative was not solved: ${outcome}: ${remedy}`);
  };
  const KT: ParametricProducts<Theta> = { apply: K.applyTranspose, applyTranspose: K.apply };
  const op = customDerivative({
    name: "implicitLeastSquares",
    f: () => result.solution,
    // The two rules agree to the tolerance of the solver only.
    verify: false,
    jvp(inputs, tangents, x) {
      const t = at(inputs.slice(0, -1));
      const dt = at(tangents.slice(0, -1));
      const moved = (y: Value) => jvp((p: Theta) => K.apply(p, y), t, dt).tangent;
      const movedBack = (y: Value) => jvp((p: Theta) => K.applyTranspose(p, y), t, dt).tangent;
      const r = sub(inputs.at(-1) as Value, K.apply(t, x));
      const first = again(K, t, sub(tangents.at(-1) as Value, moved(x)));
      const second = again(K, t, again(KT, t, movedBack(r)));
      const third = movedBack(again(KT, t, x));
      return add(add(first, second), sub(third, again(K, t, K.apply(t, third))));
    },
    // w = K⁺ᵀ ct is z's; ⟨ct, dx⟩ in θ is −⟨w, dK x⟩ + ⟨K⁺w, dKᵀ r⟩ + ⟨(I − K⁺K) ct, dKᵀ K⁺ᵀ x⟩.
    vjp(inputs, ct, x) {
      const t = at(inputs.slice(0, -1));
      const w = again(KT, t, ct);
      const shortened = again(K, t, w);
      const beside = sub(ct, again(K, t, K.apply(t, ct)));
      const lifted = again(KT, t, x);
      const r = sub(inputs.at(-1) as Value, K.apply(t, x));
      const pulled = grad((p: Theta) => {
        const through = neg(sum(mul(w, K.apply(p, x))));
        return add(through, add(sum(mul(r, K.apply(p, shortened))), sum(mul(lifted, K.apply(p, beside)))));
      })(t);
      return [...leaves(pulled), w];
    },
  });
  return { ...result, solution: op(...leaves(theta), z) };
}
