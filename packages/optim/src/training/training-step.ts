import type { Backend } from "@paramat/backends";
import { add, leaves, mul, sum, type Tree, type Value, valueAndGrad } from "@paramat/core";
import type { Optimizer } from "../optimizers/optimizer.js";
import { keepInScope } from "./training-state.js";

/** What one batch gave: the numbers to go on with, or the first stage whose numbers are not finite. */
export type StepOutcome<P extends Tree> =
  | { readonly finite: true; readonly loss: number; readonly params: P; readonly optimizerState: Tree }
  | { readonly finite: false; readonly loss: number; readonly stage: "loss" | "gradient" | "update" };

/**
 * One update (θ, state) ↦ (θ′, state′) of the optimizer at the gradient of `objective`, or a report that NaN or ∞ came up.
 * @remarks Nothing is changed in place, so a step that is not finite is not taken back: it is not kept. One number per stage is read, Σ 0·x, which is
 * 0 for finite x and NaN else, so the check costs two passes over the parameters, their gradient and the optimizer's state.
 */
export async function trainingStep<P extends Tree>(
  backend: Backend,
  objective: (params: P) => Value,
  optimizer: Optimizer,
  params: P,
  optimizerState: Tree,
): Promise<StepOutcome<P>> {
  const step = keepInScope(
    backend,
    () => {
      const { value, gradient } = valueAndGrad(objective)(params);
      const next = optimizer.step(params, gradient, optimizerState);
      return { value, next, gradientProbe: probe(gradient), updateProbe: probe([next.params, next.state]) };
    },
    ({ value, next, gradientProbe, updateProbe }) => [value, next.params, next.state, ...gradientProbe, ...updateProbe],
  );
  const loss = await readScalar(step.value);
  const stages = [
    ["loss", loss],
    ["gradient", await readProbe(step.gradientProbe)],
    ["update", await readProbe(step.updateProbe)],
  ] as const;
  const failed = stages.find(([, x]) => !Number.isFinite(x));
  if (failed) return { finite: false, loss, stage: failed[0] };
  return { finite: true, loss, params: step.next.params, optimizerState: step.next.state };
}

/** The number in a scalar, from any backend. */
export async function readScalar(x: Value): Promise<number> {
  return (await x.read())[0] as number;
}

/** Σ 0·x over all leaves; none for a tree without leaves. */
function probe(tree: Tree): Value[] {
  const zeros = leaves(tree).map((x) => sum(mul(x.array, 0)));
  return zeros.length === 0 ? [] : [zeros.reduce((a, b) => add(a, b))];
}

async function readProbe([x]: readonly Value[]): Promise<number> {
  return x ? readScalar(x) : 0;
}
