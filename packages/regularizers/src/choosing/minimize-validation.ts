import type { Tree } from "@paramat/core";
import { shown, textTable } from "../diagnostics/text-table.js";
import { flatten, inner, length, unflatten } from "../tree-vectors.js";
import type { ValidationStep } from "./choice.js";
import {
  type BilevelProblem,
  requirePositive,
  type ValidationGradient,
  type ValidationGradientOptions,
  validationGradient,
} from "./validation-gradient.js";

export interface MinimizeValidationOptions<W extends Tree, Lambda extends Tree> extends ValidationGradientOptions {
  /** W*(λ) = argmin_W F(W, λ), to high precision; `warm` is that of a λ nearby, `params` at first. */
  readonly solve: (lambda: Lambda, warm: W) => W | Promise<W>;
  /** Start for the first solve. */
  readonly params: W;
  /** Start; all numbers positive. */
  readonly lambda: Lambda;
  /** Default 50. */
  readonly maxSteps?: number;
  /** Stop at ‖dE/d log λ‖ ≤ gradientTolerance·|E|. Default 1e-5. */
  readonly gradientTolerance?: number;
  /** Factor by which a λ may move from its start, either way. Default 1e12. */
  readonly maxFactor?: number;
}

/**
 * `converged`: the gradient is as small as asked. `at the border`: it would be, but for λ that are as far from their start as allowed. `stalled`: no step
 * along the gradient lowers the error, which is as good as W*(λ) is exact. `limit`: maxSteps. `no gradient`: the linear system could not be solved.
 * `not finite`: the error or its gradient is NaN or ∞.
 */
export type ValidationOutcome = "converged" | "at the border" | "stalled" | "limit" | "no gradient" | "not finite";

export interface ValidationMinimum<W extends Tree, Lambda extends Tree> {
  readonly lambda: Lambda;
  readonly params: W;
  readonly value: number;
  readonly outcome: ValidationOutcome;
  readonly reason: string;
  /** From the start to the result. */
  readonly trace: readonly ValidationStep[];
  toString(): string;
}

/** No number of λ changes by more than this factor in one step. */
const largestStep = Math.log(10);

/**
 * A local minimum of E_val(W*(λ)) in log λ: steps along the gradient of `validationGradient`, of Barzilai and Borwein's length, at most a factor of 10 in
 * each number of λ, halved until the error falls enough (Armijo). Made for several λ, for which a grid is too much; E_val need not be convex in log λ.
 * @throws as `validationGradient`; RangeError for options outside their range; whatever `solve` throws
 */
export async function minimizeValidation<W extends Tree, Lambda extends Tree>(
  problem: BilevelProblem<W, Lambda>,
  options: MinimizeValidationOptions<W, Lambda>,
): Promise<ValidationMinimum<W, Lambda>> {
  const { solve, maxSteps = 50, gradientTolerance = 1e-5, maxFactor = 1e12 } = options;
  requirePositive("minimizeValidation", options.lambda);
  requireOptions(maxSteps, gradientTolerance, maxFactor);
  const start = flatten(options.lambda).map(Math.log);
  const reach = Math.log(maxFactor);
  const within = (t: Float64Array) => t.map((x, i) => Math.min(start[i]! + reach, Math.max(start[i]! - reach, x)));
  const pointAt = async (t: Float64Array, warm: W): Promise<Point<W, Lambda>> => {
    const lambda = unflatten(options.lambda, t.map(Math.exp));
    const params = await solve(lambda, warm);
    return { t, lambda, params, value: problem.validation(params).item() };
  };
  let here = await pointAt(start, options.params);
  let found = validationGradient(problem, here.params, here.lambda, options);
  const trace = [rowOf(here, found, 0)];
  let pace = Number.POSITIVE_INFINITY;
  const end = (outcome: ValidationOutcome, reason: string) => result(here, outcome, reason, trace);
  for (let step = 0; ; step++) {
    if (!Number.isFinite(here.value)) return end("not finite", `the validation error is ${here.value}; look at W*(λ) and at the data`);
    const slope = flatten(found.gradient);
    if (!Number.isFinite(length(slope)))
      return end("not finite", `‖dE/d log λ‖ is ${length(slope)} where E is ${shown(here.value)}; look at the objective's derivatives`);
    if (found.outcome === "breakdown") return end("no gradient", found.remedy ?? "the linear system has no solution");
    const free = within(here.t.map((x, i) => x - slope[i]!)).map((x, i) => x - here.t[i]!);
    const goal = gradientTolerance * Math.abs(here.value);
    if (length(slope) <= goal) return end("converged", `‖dE/d log λ‖ = ${shown(length(slope))}`);
    if (length(free) <= goal)
      return end("at the border", `a λ is ${shown(maxFactor)} times its start or a part as small, and wants to go on`);
    if (step >= maxSteps) return end("limit", `${maxSteps} steps; ‖dE/d log λ‖ is ${shown(length(slope))}; raise maxSteps, or start there`);
    const most = largestStep / slope.reduce((m, s) => Math.max(m, Math.abs(s)), 0);
    let next: Point<W, Lambda> | undefined;
    // A first step has no pace to go by, and takes a factor of e.
    for (let size = Number.isFinite(pace) ? Math.min(pace, most) : most / largestStep, halving = 0; halving < 30; size /= 2, halving++) {
      const tried = await pointAt(within(here.t.map((x, i) => x - size * slope[i]!)), here.params);
      const moved = tried.t.map((x, i) => x - here.t[i]!);
      if (tried.value <= here.value + 1e-4 * inner(slope, moved) && length(moved) > 0) {
        next = tried;
        break;
      }
    }
    if (!next)
      return end("stalled", `no step along the gradient, of length ${shown(length(slope))}, lowers the error; solve W*(λ) more exactly`);
    const moved = next.t.map((x, i) => x - here.t[i]!);
    found = validationGradient(problem, next.params, next.lambda, options);
    const turned = flatten(found.gradient).map((x, i) => x - slope[i]!);
    const curvature = inner(moved, turned);
    pace = curvature > 0 ? inner(moved, moved) / curvature : Number.POSITIVE_INFINITY;
    here = next;
    trace.push(rowOf(here, found, length(moved)));
  }
}

function requireOptions(maxSteps: number, gradientTolerance: number, maxFactor: number): void {
  if (!Number.isInteger(maxSteps) || maxSteps < 0)
    throw new RangeError(`minimizeValidation: maxSteps is ${maxSteps}; it must be a whole number ≥ 0`);
  if (!(gradientTolerance >= 0 && gradientTolerance < Number.POSITIVE_INFINITY))
    throw new RangeError(`minimizeValidation: gradientTolerance is ${gradientTolerance}; it must be a finite number ≥ 0`);
  if (!(maxFactor > 1)) throw new RangeError(`minimizeValidation: maxFactor is ${maxFactor}; it must be > 1`);
}

interface Point<W extends Tree, Lambda extends Tree> {
  readonly t: Float64Array;
  readonly lambda: Lambda;
  readonly params: W;
  readonly value: number;
}

function rowOf<W extends Tree, Lambda extends Tree>(
  { t, value }: Point<W, Lambda>,
  found: ValidationGradient<Lambda>,
  step: number,
): ValidationStep {
  return { lambda: Array.from(t, Math.exp), value, gradientNorm: length(flatten(found.gradient)), step, products: found.iterations };
}

function result<W extends Tree, Lambda extends Tree>(
  { lambda, params, value }: Point<W, Lambda>,
  outcome: ValidationOutcome,
  reason: string,
  trace: readonly ValidationStep[],
): ValidationMinimum<W, Lambda> {
  const cells = (row: ValidationStep, k: number) => [
    `${k}`,
    row.lambda.map(shown).join(", "),
    ...[row.value, row.gradientNorm, row.step].map(shown),
    `${row.products}`,
  ];
  const table = () => textTable(["step", "λ", "validation error", "‖d/d log λ‖", "moved", "products"], trace.map(cells));
  return { lambda, params, value, outcome, reason, trace, toString: () => `bilevel: ${outcome}: ${reason}\n${table()}` };
}
