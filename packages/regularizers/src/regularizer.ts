import { grad, jvp, type Tree, type Value, type ValueLike } from "@paramat/core";
import type { DiagonalHessian } from "./diagonal-hessian.js";

/** R as a plain function of a tree of parameters, in ops. */
export type Penalty = <W extends Tree>(params: W) => Value;

/** Which system: (α∇²R + γI) x = rhs, with α ≥ 0 and γ > 0. */
export interface RegularizerShift {
  readonly alpha: ValueLike;
  readonly gamma: ValueLike;
}

/**
 * R(W): a scalar that is large where parameters are unlikely, to be added to a loss; W is a tree of parameters. Called like a function, it gives the
 * value; whatever has the form of W below is a tree like it, with zeros (or W itself, for `prox`) at leaves that R does not look at.
 */
export interface Regularizer extends Penalty {
  readonly name: string;
  /** Whether R is convex: a claim, which the laws verify. */
  readonly isConvex: boolean;
  /** Whether R has two continuous derivatives everywhere. Where it has not, its gradient is a subgradient at the kinks. */
  readonly isSmooth: boolean;
  /** Whether the value reads numbers (singular values found on the host), so that it cannot be compiled. */
  readonly readsValues: boolean;
  /** ∇R(W). */
  gradient<W extends Tree>(params: W): W;
  /** ∇²R(W) v. @throws ShapeError unless v has the form of W */
  hessianApply<W extends Tree>(params: W, v: W): W;
  /** argmin_V R(V) + ‖V − W‖²/(2τ); only where a closed form is known. @throws RangeError unless τ > 0 */
  prox?<W extends Tree>(params: W, tau: ValueLike): W;
  /** (α∇²R + γI)⁻¹ rhs; only where R is quadratic, and a fast transform diagonalizes ∇²R. @throws RangeError unless α ≥ 0 and γ > 0 */
  solveShifted?<W extends Tree>(rhs: W, shift: RegularizerShift): W;
  /** ∇²R on the leaf at `path` as a fast transform around a diagonal, null where R does not look at it; present with `solveShifted`, and what sums add. */
  diagonalHessian?(path: string, leaf: Value): DiagonalHessian | null;
}

/** What a regularizer is made of; derivatives left out follow from the value. */
export interface RegularizerDefinition extends Pick<Regularizer, "name" | "prox" | "solveShifted" | "diagonalHessian"> {
  readonly value: Penalty;
  readonly gradient?: Regularizer["gradient"];
  readonly hessianApply?: Regularizer["hessianApply"];
  /** Default true. */
  readonly isConvex?: boolean;
  /** Default true. */
  readonly isSmooth?: boolean;
  /** Default false. */
  readonly readsValues?: boolean;
}

/**
 * A regularizer of your own from its value: the gradient and the Hessian follow by differentiation unless closed forms are given, and `checkRegularizer`
 * says whether they belong together.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { leaves, ndarray, pow, sum } from "@paramat/core";
 * import { regularizer } from "@paramat/regularizers";
 * const quartic = regularizer({ name: "quartic", value: (params) => sum(pow(leaves(params)[0]!, 4)) });
 * const W = ndarray(cpu("float64"), [1, 2]);
 * quartic(W).item(); // → 17
 * quartic.gradient(W).toNested(); // → [4, 32]
 */
export function regularizer(definition: RegularizerDefinition): Regularizer {
  const { name, value, isConvex = true, isSmooth = true, readsValues = false, prox, solveShifted, diagonalHessian } = definition;
  const gradient = definition.gradient ?? (<W extends Tree>(params: W): W => grad((at: W) => value(at))(params));
  // Forward mode over the gradient, closed form or not.
  const hessianApply =
    definition.hessianApply ?? (<W extends Tree>(params: W, v: W): W => jvp((at: W): W => gradient(at), params, v).tangent);
  const parts = {
    isConvex,
    isSmooth,
    readsValues,
    gradient,
    hessianApply,
    ...(prox && { prox }),
    ...(solveShifted && { solveShifted }),
    ...(diagonalHessian && { diagonalHessian }),
  };
  const call: Penalty = (params) => value(params);
  // A function's name cannot be assigned to, only defined.
  return Object.defineProperty(Object.assign(call, parts), "name", { value: name }) as Regularizer;
}

/** @throws RangeError unless λ is finite and ≥ 0 */
export function requireWeight(op: string, lambda: number): void {
  if (!(lambda >= 0 && lambda < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${op}: lambda is ${lambda}; it must be a finite number ≥ 0`);
  }
}

/** @throws RangeError unless τ, where it is a number, is finite and positive */
export function requireStep(op: string, tau: ValueLike): void {
  if (typeof tau === "number" && !(tau > 0 && tau < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${op}.prox: tau is ${tau}; it must be a finite number > 0`);
  }
}
