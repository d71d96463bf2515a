import {
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
import type { IterativeResult, Products } from "./iterative-result.js";

/** K(θ) by its two products. */
export interface ParametricProducts<Theta extends Tree> {
  apply(theta: Theta, y: Value): Value;
  applyTranspose(theta: Theta, z: Value): Value;
}

/**
 * x = K(θ)⁻¹ z by an iterative method, differentiable in θ and z to every order by the implicit function theorem: K dx = dz − dK x, and backwards
 * w = K⁻ᵀ ct is z's cotangent, −∂⟨w, K(θ)x⟩/∂θ is θ's. Each derivative is one more solve by the same method, and no iteration is taped.
 * @param method solves with plain numbers
 * @throws NotDifferentiableError where a derivative's own system is not solved
 */
export function implicitSolve<Theta extends Tree>(
  K: ParametricProducts<Theta>,
  theta: Theta,
  z: Value,
  method: (A: Products, z: Value) => IterativeResult,
): IterativeResult {
  const at = (numbers: readonly Value[]) => rebuild(theta, numbers);
  const plain = at(leaves(theta).map((t) => t.array));
  const result = method({ apply: (y) => K.apply(plain, y), applyTranspose: (y) => K.applyTranspose(plain, y) }, z.array);
  const again = (transposed: boolean, t: Theta, right: Value): Value => {
    const operator = transposed ? { apply: K.applyTranspose, applyTranspose: K.apply } : K;
    const { solution, outcome, remedy } = implicitSolve(operator, t, right, method);
    if (outcome === "solved") return solution;
    throw new NotDifferentiableError(
      `solve: the system of ${transposed ? "a backward" : "a forward"} derivative was not solved: ${outcome}: ${remedy}`,
    );
  };
  const op = customDerivative({
    name: "implicitSolve",
    f: () => result.solution,
    // The two rules agree to the tolerance of the solver only.
    verify: false,
    jvp(inputs, tangents, x) {
      const t = at(inputs.slice(0, -1));
      const moved = jvp((p: Theta) => K.apply(p, x), t, at(tangents.slice(0, -1))).tangent;
      return again(false, t, sub(tangents.at(-1) as Value, moved));
    },
    vjp(inputs, ct, x) {
      const t = at(inputs.slice(0, -1));
      const w = again(true, t, ct);
      const pulled = grad((p: Theta) => neg(sum(mul(w, K.apply(p, x)))))(t);
      return [...leaves(pulled), w];
    },
  });
  return { ...result, solution: op(...leaves(theta), z) };
}
