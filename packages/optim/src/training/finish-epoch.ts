import type { Tree } from "@paramat/core";
import { explainStop } from "./explain-stop.js";
import type { FitOptions } from "./fit-options.js";
import { measureValidation } from "./measure-validation.js";
import { recordEpoch } from "./record-epoch.js";
import type { Run, Stop } from "./run.js";

/** Measures the validation examples and closes the epoch. @returns why the run ends, or null if it may go on */
export async function finishEpoch<P extends Tree>(run: Run<P>, options: FitOptions<P>): Promise<Stop | null> {
  const { validation, train, batchSize, backend, epochs, optimizer } = options;
  const { state } = run;
  const startedAt = performance.now();
  const measured = await measureValidation(run, state.params, batchSize);
  if (measured === "interrupted") return measured;
  const epoch = state.epoch + 1;
  if (validation && measured && !Number.isFinite(measured.loss)) {
    const place = { epoch, batch: Math.ceil(train.size / batchSize), stage: "validation" } as const;
    return explainStop(place, measured.loss, state.params, null, { backend, examples: validation, rows: null });
  }
  const { rateAt } = optimizer;
  const record = recordEpoch(run, measured, {
    trainLoss: state.lossSum / train.size,
    ...(rateAt && { learningRate: rateAt(Math.max(0, state.step - 1)) }),
    ...(state.gradientNormSum !== undefined && { gradientNorm: state.gradientNormSum / train.size }),
    seconds: state.seconds + (performance.now() - startedAt) / 1000,
  });
  run.reporter.epoch(record, epochs);
  const verdict = await options.callbacks?.onEpoch?.(record, run.state);
  await run.keeper.saveIfDue(run.state, true);
  return verdict === "stop" ? "callback" : null;
}
