import type { Tree } from "@paramat/core";
import { type MinimizeOptions, settled } from "./minimize-options.js";
import { type IterationRow, type Outcome, outcome, type Status } from "./outcome.js";
import type { Point, Problem } from "./problem.js";
import { pacerFor } from "./tree-vector.js";
import { retain } from "./vectors.js";

/** One iteration: where it leads and how far that is, and the vectors that the next will use besides; or why there is nowhere to go. */
export type Move<P extends Tree> =
  | { readonly point: Point<P>; readonly step: number; readonly holds?: readonly Tree[] }
  | { readonly stalled: string };

/**
 * The loop of every method: tests for convergence, history, progress, and the outcome; `next` is the method.
 * @throws RangeError if an option is outside its range
 */
export async function iterate<P extends Tree>(
  method: string,
  problem: Problem<P>,
  start: Point<P>,
  options: MinimizeOptions<P>,
  next: (at: Point<P>) => Promise<Move<P>>,
): Promise<Outcome<P>> {
  const { gradientTolerance, stepTolerance, valueTolerance, maxIterations, signal, progress } = settled(method, options, problem.epsilon);
  const history: IterationRow[] = [];
  let at = start;
  const note = async (step: number) => {
    const { value, gradientNorm } = at;
    const row = { iteration: history.length, value, gradientNorm, step, evaluations: problem.evaluations() };
    history.push(row);
    if (progress && history.length > 1) retain(at.params);
    await progress?.(row, at.params);
  };
  const finish = (status: Status, why: string): Outcome<P> => {
    const { params, value, gradientNorm, doubt } = at;
    const reason = status !== "converged" && hasNoFloor(start.value, value, problem.epsilon) ? withoutFloor(start.value, value) : why;
    problem.vectors.keepOnly(params);
    return outcome({
      method,
      status: doubt !== undefined && status === "converged" ? "stalled" : status,
      params,
      value,
      gradientNorm,
      iterations: history.length - 1,
      evaluations: problem.evaluations(),
      history,
      reason: doubted(reason, doubt, problem.doubts()),
    });
  };
  const watch = watchProgress(problem);
  const pace = pacerFor(start.params);
  await note(0);
  for (;;) {
    if (!isFinitePoint(at))
      return finish(
        "non-finite",
        `the value is ${at.value}, the gradient's norm ${at.gradientNorm}; start elsewhere, or look for the op that gave it`,
      );
    if (at.gradientNorm <= gradientTolerance)
      return finish("converged", `‖gradient‖ ${at.gradientNorm.toExponential(1)} ≤ ${gradientTolerance.toExponential(1)}`);
    if (history.length > maxIterations)
      return finish(
        "limit",
        `‖gradient‖ is ${at.gradientNorm.toExponential(1)}; raise maxIterations (${maxIterations}), or scale the problem`,
      );
    if (watch.isStuck(at))
      return finish(
        "stalled",
        `neither the value nor the gradient gets smaller: rounding has been reached; ask for a gradientTolerance above ${at.gradientNorm.toExponential(1)}, or compute in float64`,
      );
    await pace();
    if (signal?.aborted)
      return finish(
        "interrupted",
        `the signal was aborted; begin at these parameters to go on, ‖gradient‖ is ${at.gradientNorm.toExponential(1)}`,
      );
    const move = await next(at);
    if ("stalled" in move) return finish("stalled", move.stalled);
    const before = at;
    at = move.point;
    await note(move.step);
    if (!isFinitePoint(at)) continue;
    if (stepTolerance > 0 && move.step <= stepTolerance * (1 + (await problem.vectors.norm(before.params))))
      return finish("converged", `‖step‖ ${move.step.toExponential(1)} is within the tolerance`);
    if (valueTolerance > 0 && Math.abs(before.value - at.value) <= valueTolerance * Math.max(1, Math.abs(before.value)))
      return finish("converged", `the value changed by ${Math.abs(before.value - at.value).toExponential(1)}, within the tolerance`);
    problem.vectors.keepOnly(at.params, at.gradient, ...(move.holds ?? []));
  }
}

/** Whether the value has fallen so far that its digits at the start are lost: rounding is not why there is no minimum. */
function hasNoFloor(start: number, value: number, epsilon: number): boolean {
  return value < -(1 + Math.abs(start)) / epsilon;
}

function withoutFloor(start: number, value: number): string {
  const [from, to] = [start, value].map((v) => v.toExponential(1));
  return `the value has fallen from ${from} to ${to}, and f seems to have no minimum; add a regularizer or a constraint, or look at its sign`;
}

/** The reason, with what is to be said of evaluations that were not exact. */
function doubted(reason: string, atEnd: string | undefined, doubts: number): string {
  if (atEnd !== undefined) return `${reason}; but value and gradient are not exact there: ${atEnd}`;
  return doubts > 0 ? `${reason}; ${doubts} evaluation${doubts === 1 ? "" : "s"} on the way had not been exact` : reason;
}

export function isFinitePoint(point: Point<Tree>): boolean {
  return Number.isFinite(point.value) && Number.isFinite(point.gradientNorm);
}

/** Whether a hundred iterations in a row, so many because gradients of conjugate directions grow and shrink, brought neither a value lower by more than its rounding nor a shorter gradient. */
function watchProgress(problem: Problem<Tree> | Pick<Problem<Tree>, "noise">) {
  let least = { value: Number.POSITIVE_INFINITY, gradientNorm: Number.POSITIVE_INFINITY };
  let idle = 0;
  return {
    isStuck({ value, gradientNorm }: Point<Tree>): boolean {
      const isBetter = value < least.value - problem.noise(value) || gradientNorm < least.gradientNorm;
      idle = isBetter ? 0 : idle + 1;
      least = { value: Math.min(least.value, value), gradientNorm: Math.min(least.gradientNorm, gradientNorm) };
      return idle >= 100;
    },
  };
}
