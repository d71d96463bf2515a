import { mapLeaves, mul, type Tree, type Value, type ValueLike } from "@paramat/core";
import { scaledHessian } from "./diagonal-hessian.js";
import { type Penalty, type Regularizer, regularizer, requireWeight } from "./regularizer.js";
import { times } from "./times.js";

/**
 * λ R(W). What R can, this can: its proximal map with τ is R's with λτ, and its shifted system is R's with λα.
 * @param penalty a regularizer, or a plain function in ops, of which nothing is claimed
 * @throws RangeError unless λ is finite and ≥ 0
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { tikhonov, weighted } from "@paramat/regularizers";
 * weighted(2, tikhonov()).gradient(ndarray(cpu(), [3, 4])).toNested(); // → [6, 8]
 */
export function weighted(lambda: number, penalty: Penalty | Regularizer): Regularizer {
  requireWeight("weighted", lambda);
  if (!isRegularizer(penalty)) {
    return regularizer({ name: "weighted", value: (params) => mul(lambda, penalty(params)), isConvex: false, isSmooth: false });
  }
  const { name, isConvex, isSmooth, readsValues, prox, solveShifted, diagonalHessian } = penalty;
  const scaled = <W extends Tree>(tree: W): W => mapLeaves(tree, (x) => mul(lambda, x));
  return regularizer({
    name: `${lambda}·${name}`,
    isConvex,
    isSmooth,
    readsValues,
    value: (params) => mul(lambda, penalty(params)),
    gradient: (params) => scaled(penalty.gradient(params)),
    hessianApply: (params, v) => scaled(penalty.hessianApply(params, v)),
    // λ = 0 leaves W as it is; λτ = 0 would be no step.
    ...(prox && { prox: <W extends Tree>(params: W, tau: ValueLike): W => (lambda === 0 ? params : prox(params, times(tau, lambda))) }),
    ...(solveShifted && {
      solveShifted: <W extends Tree>(rhs: W, shift: { alpha: ValueLike; gamma: ValueLike }): W =>
        solveShifted(rhs, { alpha: times(shift.alpha, lambda), gamma: shift.gamma }),
    }),
    ...(diagonalHessian && {
      diagonalHessian: (path: string, leaf: Value) => {
        const form = diagonalHessian(path, leaf);
        return form && scaledHessian(form, lambda);
      },
    }),
  });
}

/** Whether a penalty has what a regularizer has beside its value. */
export function isRegularizer(penalty: Penalty | Regularizer): penalty is Regularizer {
  return "gradient" in penalty && "hessianApply" in penalty;
}
