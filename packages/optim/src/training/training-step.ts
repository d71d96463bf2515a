import type { Backend } from "@paramat/backends";
import { add, leaves, mul, sum, type Tree, type Value, valueAndGrad } from "@paramat/core";
import type { ForwardContext } from "@paramat/layers";
import { compiledIf } from "../compiled-if.js";
import type { Batch } from "./examples.js";
import type { FitOptions } from "./fit-options.js";
import { readScalar } from "./read-scalar.js";
import { keepInScope, type TrainingState } from "./training-state.js";

/** What one batch gave: the numbers to go on with, or the first stage whose numbers are not finite. */
export type StepOutcome<P extends Tree> =
  | { readonly finite: true; readonly loss: number; readonly gradientNorm: number; readonly params: P; readonly optimizerState: Tree }
  | { readonly finite: false; readonly loss: number; readonly stage: "loss" | "gradient" | "update" };

/** The update of one batch as a function of arrays, streams and plain data alone. */
export type Update<P extends Tree> = (params: P, optimizerState: Tree, batch: Batch, context: ForwardContext) => Updated<P>;

interface Updated<P extends Tree> {
  readonly value: Value;
  readonly params: P;
  readonly state: Tree;
  readonly gradientProbe: readonly Value[];
  readonly gradientSquares: readonly Value[];
  readonly updateProbe: readonly Value[];
}

/**
 * (θ, state, batch) ↦ (θ′, state′) of the optimizer at the gradient of `objective`, with what tells whether NaN or ∞ came up.
 * @remarks One number per stage is read, Σ 0·x, which is 0 for finite x and NaN else, so the check costs two passes over the parameters, their
 * gradient and the optimizer's state. Σ g² would tell of NaN too, and be ∞ for finite numbers whose squares are not: it is the gradient's norm alone.
 */
export function updateOf<P extends Tree>({ objective, optimizer, compile: isCompiled = true }: FitOptions<P>): Update<P> {
  const update: Update<P> = (params, optimizerState, batch, context) => {
    const { value, gradient } = valueAndGrad((theta: P) => objective(theta, batch, context))(params);
    const next = optimizer.step(params, gradient, optimizerState);
    return {
      value,
      params: next.params,
      state: next.state,
      gradientProbe: probe(gradient),
      gradientSquares: total(leaves(gradient).map((x) => sum(mul(x.array, x.array)))),
      updateProbe: probe([next.params, next.state]),
    };
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
    (next) => [next.value, next.params, next.state, ...next.gradientProbe, ...next.gradientSquares, ...next.updateProbe],
  );
  const loss = await readScalar(step.value);
  const stages = [
    ["loss", loss],
    ["gradient", await readProbe(step.gradientProbe)],
    ["update", await readProbe(step.updateProbe)],
  ] as const;
  const failed = stages.find(([, x]) => !Number.isFinite(x));
  if (failed) return { finite: false, loss, stage: failed[0] };
  const gradientNorm = Math.sqrt(await readProbe(step.gradientSquares));
  return { finite: true, loss, gradientNorm, params: step.params, optimizerState: step.state };
}

/** Σ 0·x over all leaves; none for a tree without leaves. */
function probe(tree: Tree): Value[] {
  return total(leaves(tree).map((x) => sum(mul(x.array, 0))));
}

/** The sum, if there is anything to add. */
function total(scalars: readonly Value[]): Value[] {
  return scalars.length === 0 ? [] : [scalars.reduce((a, b) => add(a, b))];
}

async function readProbe([x]: readonly Value[]): Promise<number> {
  return x ? readScalar(x) : 0;
}
