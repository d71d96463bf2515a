import type { Tree } from "@paramat/core";
import type { EpochRecord } from "./epoch-record.js";
import type { Batch, Examples } from "./examples.js";
import { explainStop } from "./explain-stop.js";
import type { FitOptions } from "./fit-options.js";
import { type Measurement, measure } from "./measure.js";
import type { Run, Stop } from "./run.js";

/** Measures the validation examples and closes the epoch. @returns why the run ends, or null if it may go on */
export async function finishEpoch<P extends Tree>(run: Run<P>): Promise<Stop | null> {
  const { validation, train, batchSize, backend, epochs, minDelta = 0, signal } = run.options;
  const { state } = run;
  const startedAt = performance.now();
  let measured: Measurement | null = null;
  try {
    measured = validation ? await measureValidation(run.options, state.params, validation) : null;
  } catch (error) {
    if (signal?.aborted) return "interrupted";
    throw error;
  }
  const epoch = state.epoch + 1;
  if (validation && measured && !Number.isFinite(measured.loss)) {
    const place = { epoch, batch: Math.ceil(train.size / batchSize), stage: "validation" } as const;
    return explainStop(place, measured.loss, state.params, null, { backend, examples: validation, rows: null });
  }
  const isBest = measured !== null && measured.loss < (state.best?.loss ?? Number.POSITIVE_INFINITY) - minDelta;
  const record: EpochRecord = {
    epoch,
    trainLoss: state.lossSum / train.size,
    ...(measured ? { validationLoss: measured.loss } : {}),
    ...(measured?.accuracy === undefined ? {} : { validationAccuracy: measured.accuracy }),
    isBest,
    seconds: state.seconds + (performance.now() - startedAt) / 1000,
  };
  const best = measured && isBest ? { params: state.params, epoch, loss: measured.loss } : state.best;
  run.state = { ...state, epoch, batchInEpoch: 0, lossSum: 0, seconds: 0, history: [...state.history, record], best };
  run.reporter.epoch(record, epochs);
  await run.keeper.saveIfDue(run.state, true);
  return null;
}

function measureValidation<P extends Tree>(options: FitOptions<P>, params: P, validation: Examples): Promise<Measurement> {
  const { objective, backend, batchSize, signal } = options;
  const evaluate = options.evaluate ?? ((params: P, batch: Batch) => ({ loss: objective(params, batch, { training: false }) }));
  return measure(params, validation, evaluate, { backend, batchSize, ...(signal ? { signal } : {}) });
}
