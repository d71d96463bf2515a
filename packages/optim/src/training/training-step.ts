import type { Backend } from "@paramat/backends";
import { add, leaves, mul, reshape, square, stack, sum, type Tree, type Value, valueAndGrad } from "@paramat/core";
import type { ForwardContext } from "@paramat/layers";
import { compiledIf } from "../compiled-if.js";
import type { Batch } from "./examples.js";
import type { FitOptions } from "./fit-options.js";
import { keepInScope, type TrainingState } from "./training-state.js";

/** What one batch gave: the numbers to go on with, or the first stage whose numbers are not finite. */
export type StepOutcome<P extends Tree> =
  | { readonly finite: true; readonly loss: number; readonly gradientNorm: number; readonly params: P; readonly optimizerState: Tree }
  | { readonly finite: false; readonly loss: number; readonly stage: "loss" | "gradient" | "update" };

/** The update of one batch as a function of arrays, streams and plain data alone. */
export type Update<P extends Tree> = (params: P, optimizerState: Tree, batch: Batch, context: ForwardContext) => Updated<P>;

interface Updated<P extends Tree> {
  readonly params: P;
  readonly state: Tree;
  /** Loss, probe of the gradient, probe of the update, ‖∇f‖², [4]: one read tells of the step. */
  readonly report: Value;
}

/**
 * (θ, state, batch) ↦ (θ′, state′) of the optimizer at the gradient of `objective`, with what tells whether NaN or ∞ came up.
 * @remarks For each stage there is one number, Σ 0·x, which is 0 for finite x and NaN else, so the check costs two passes over the parameters, their
 * gradient and the optimizer's state. Σ g² would tell of NaN too, and be ∞ for finite numbers whose squares are not: it is the gradient's norm alone.
 */
export function updateOf<P extends Tree>({ objective, optimizer, compile: isCompiled = true }: FitOptions<P>): Update<P> {
  const update: Update<P> = (params, optimizerState, batch, context) => {
    const { value, gradient } = valueAndGrad((theta: P) => objective(theta, batch, context))(params);
    const next = optimizer.step(params, gradient, optimizerState);
    const probe = (tree: Tree) => total(tree, (x) => mul(x, 0));
    const report = stack([reshape(value, []), probe(gradient), probe([next.params, next.state]), total(gradient, square)]);
    return { params: next.params, state: next.state, report };
  };
  return compiledIf(isCompiled, "fit", "the step", update);
}

/**
 * One update for a batch, or a report that NaN or ∞ came up.
 * @remarks Nothing is changed in place, so a step that is not finite is not taken back: it is not kept.
 */
export async function trainingStep<P extends Tree>(
  backend: Backend,
  update: Update<P>,
  batch: () => Batch,
  { params, optimizerState }: Pick<TrainingState<P>, "params" | "optimizerState">,
  context: ForwardContext,
): Promise<StepOutcome<P>> {
  const step = keepInScope(
    backend,
    () => update(params, optimizerState, batch(), context),
    (next) => [next.params, next.state, next.report],
  );
  const [loss, gradient, next, gradientSquare] = (await step.report.read()) as unknown as readonly [number, number, number, number];
  const stages = [
    ["loss", loss],
    ["gradient", gradient],
    ["update", next],
  ] as const;
  const failed = stages.find(([, x]) => !Number.isFinite(x));
  if (failed) return { finite: false, loss, stage: failed[0] };
  return { finite: true, loss, gradientNorm: Math.sqrt(gradientSquare), params: step.params, optimizerState: step.state };
}

/** Σ f(x) over all entries of all leaves, of which there is one at least. */
function total(tree: Tree, f: (x: Value) => Value): Value {
  return leaves(tree)
    .map((x) => sum(f(x.array)))
    .reduce((a, b) => add(a, b));
}
