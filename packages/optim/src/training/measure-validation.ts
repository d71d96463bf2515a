import type { Tree } from "@paramat/core";
import type { Batch } from "./examples.js";
import type { TrainingOptions } from "./fit-options.js";
import { type Evaluation, type Measurement, measure } from "./measure.js";
import type { Run } from "./run.js";

/** What is measured of a batch: the caller's `evaluate`, or else the objective. */
export function evaluateOf<P extends Tree>({ objective, evaluate }: TrainingOptions<P>): (params: P, batch: Batch) => Evaluation {
  return evaluate ?? ((params, batch) => ({ loss: objective(params, batch, { training: false }) }));
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
