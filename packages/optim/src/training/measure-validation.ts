import { BackendError, compile, type Tree } from "@paramat/core";
import type { Batch } from "./examples.js";
import type { TrainingOptions } from "./fit-options.js";
import { type Evaluation, type Measurement, measure } from "./measure.js";
import type { Run } from "./run.js";

type Evaluate<P extends Tree> = (params: P, batch: Batch) => Evaluation;

/** What is measured of a batch, compiled where it can be: the caller's `evaluate`, or else the objective. */
export function evaluateOf<P extends Tree>({ objective, evaluate, compile = true }: TrainingOptions<P>): Evaluate<P> {
  const plain: Evaluate<P> = evaluate ?? ((params, batch) => ({ loss: objective(params, batch, { training: false }) }));
  return compile ? compiledWherePossible(plain) : plain;
}

/** One that reads values, to count with them, is run as it is from its first batch on: only time is lost by that. */
function compiledWherePossible<P extends Tree>(evaluate: Evaluate<P>): Evaluate<P> {
  const compiled = compile(evaluate);
  let isRefused = false;
  return (params, batch) => {
    if (isRefused) return evaluate(params, batch);
    try {
      return compiled(params, batch);
    } catch (error) {
      const isByCompile = (error instanceof BackendError || error instanceof TypeError) && error.message.startsWith("compile:");
      if (!isByCompile) throw error;
      isRefused = true;
      return evaluate(params, batch);
    }
  };
}

/** The validation examples at the run's parameters; null where there are none. @returns "interrupted" if the signal came in between */
export async function measureValidation<P extends Tree>(
  run: Run<P>,
  params: P,
  batchSize: number,
): Promise<Measurement | null | "interrupted"> {
  const { validation, metrics = {}, backend, signal } = run.options;
  if (!validation) return null;
  try {
    return await measure(params, validation, run.evaluate, { backend, batchSize, metrics, ...(signal ? { signal } : {}) });
  } catch (error) {
    if (signal?.aborted) return "interrupted";
    throw error;
  }
}
