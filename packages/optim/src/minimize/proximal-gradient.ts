import type { Tree, Value } from "@paramat/core";
import { isFinitePoint, iterate } from "./iterate.js";
import type { MinimizeOptions } from "./minimize-options.js";
import type { Outcome } from "./outcome.js";
import { aligned, type Objective, type Point, type Problem, problemOf } from "./problem.js";

/** R with argmin_V R(V) + ‖V − W‖²/(2τ); a regularizer whose proximal map is known is one. */
export interface Proximable<P extends Tree> {
  (params: P): Value;
  prox?(params: P, tau: number): P;
}

export interface ProximalGradientOptions<P extends Tree = Tree> extends MinimizeOptions<P> {
  /** Whether steps start from an extrapolation (FISTA); default true. */
  readonly accelerate?: boolean;
}

/**
 * min f(θ) + R(θ), R convex with a known proximal map: θ′ = prox_τ(y − τ∇f(y)), with y beyond θ by what the last step suggests (FISTA: Beck & Teboulle,
 * 2009, with backtracking). The extrapolation starts anew where it would raise the value or turns back (O'Donoghue & Candès, 2015), so the value never
 * rises by more than its rounding. Where R(θ) is ∞ at the start, as outside a set, it begins at prox₁(θ). τ starts at the inverse of the curvature along the
 * gradient, and is halved where f curves more.
 * @param penalty R; `smoothL1`'s like have none, `l1` and sums of squares have
 * @returns `gradientNorm` is that of the gradient mapping, ‖y − θ′‖/τ, which is 0 exactly at a minimizer; some subgradient at θ′ is at most twice as long
 * @throws TypeError if there are no parameters, or R has no `prox`; ShapeError where that gives another form
 */
export async function proximalGradient<P extends Tree>(
  f: Objective<P>,
  penalty: Proximable<NoInfer<P>>,
  params: P,
  options: ProximalGradientOptions<P> = {},
): Promise<Outcome<P>> {
  const { prox } = penalty;
  if (!prox)
    throw new TypeError(
      "proximalGradient: the penalty has no proximal map; give one that has `prox(params, tau)`, or smooth it and use lbfgs",
    );
  return forwardBackward("proximalGradient", f, { value: (at) => penalty(at), prox: (at, tau) => prox(at, tau) }, params, options);
}

/** R as the method uses it; without a value it is 0 wherever the method goes. */
export interface Backward<P extends Tree> {
  value?(params: P): Value;
  prox(params: P, tau: number): P;
}

/** The method behind `proximalGradient` and `projectedGradient`. */
export async function forwardBackward<P extends Tree>(
  method: string,
  f: Objective<P>,
  backward: Backward<P>,
  params: P,
  options: ProximalGradientOptions<P>,
): Promise<Outcome<P>> {
  const { accelerate = true } = options;
  const problem = problemOf(method, f, params, options);
  const { dot, make, norm, plus } = problem.vectors;
  const penaltyAt = async (at: P) => (backward.value ? problem.vectors.read(() => (backward.value as (at: P) => Value)(at)) : 0);
  // Where R is ∞, no step can be judged: its proximal map leads to where it is finite.
  const isOutside = (await penaltyAt(params)) === Number.POSITIVE_INFINITY;
  const first = await problem.pointAt(isOutside ? aligned(method, params, backward.prox(params, 1)) : params);
  let tau = await firstStep(problem, first);
  // θ itself, extrapolated to y by the momentum t.
  let y = first.params;
  let t = 1;
  const mapped = async (from: Point<P>) => {
    for (;;) {
      const z = make(() => aligned(method, from.params, backward.prox(plus(from.params, -tau, from.gradient), tau)));
      const move = plus(z, -1, from.params);
      const length = await norm(move);
      const value = await problem.valueAt(z);
      const bound = from.value + (await dot(from.gradient, move)) + length ** 2 / (2 * tau);
      const isBelow = value <= bound + problem.noise(from.value);
      if (isBelow || !isFinitePoint(from) || !(tau > Number.MIN_VALUE * 4)) return { z, length, value: value + (await penaltyAt(z)) };
      tau /= 2;
    }
  };
  const pointOf = ({ z, length, value }: Awaited<ReturnType<typeof mapped>>, from: Point<P>): Point<P> => ({
    params: z,
    value,
    gradient: from.gradient,
    gradientNorm: length / tau,
    ...(from.doubt !== undefined && { doubt: from.doubt }),
  });
  const probe = isFinitePoint(first) ? (await mapped(first)).length / tau : Number.NaN;
  const start: Point<P> = { ...first, value: first.value + (await penaltyAt(first.params)), gradientNorm: probe };
  return iterate(method, problem, start, options, async (at) => {
    const isExtrapolated = t > 1;
    let from = await problem.pointAt(y);
    let found = isFinitePoint(from) ? await mapped(from) : undefined;
    if (isExtrapolated && !(found && found.value <= at.value + problem.noise(at.value))) {
      t = 1;
      from = await problem.pointAt(at.params);
      found = await mapped(from);
    }
    if (!found) return { stalled: `the value or the gradient is not finite at the start of a step; begin where they are` };
    const next = pointOf(found, from);
    const move = plus(next.params, -1, at.params);
    const step = await norm(move);
    const turnsBack = (await dot(plus(from.params, -1, next.params), move)) > 0;
    const after = turnsBack || !accelerate ? 1 : (1 + Math.sqrt(1 + 4 * t * t)) / 2;
    y = after > 1 ? plus(next.params, (t - 1) / after, move) : next.params;
    t = after;
    return { point: next, step, holds: [y] };
  });
}

/** 1/L for the curvature L of f along its gradient; 1 where that is not positive. */
async function firstStep<P extends Tree>(problem: Problem<P>, { params, gradient, gradientNorm }: Point<P>): Promise<number> {
  const { norm, plus } = problem.vectors;
  const delta = (Math.sqrt(problem.epsilon) * (1 + (await norm(params)))) / gradientNorm;
  if (!(Number.isFinite(delta) && delta > 0)) return 1;
  const beside = await problem.pointAt(plus(params, -delta, gradient));
  const curvature = (await norm(plus(beside.gradient, -1, gradient))) / (delta * gradientNorm);
  return Number.isFinite(curvature) && curvature > 0 ? 1 / curvature : 1;
}
