import type { Tree } from "@paramat/core";
import type { EpochRecord } from "./epoch-record.js";
import type { Measurement } from "./measure.js";
import type { Run } from "./run.js";

/** Closes the epoch under way: its record goes to the history, its parameters to the best if they are. @returns the record */
export function recordEpoch<P extends Tree>(
  run: Run<P>,
  measured: Measurement | null,
  found: Pick<EpochRecord, "trainLoss" | "learningRate" | "gradientNorm" | "seconds">,
): EpochRecord {
  const { state } = run;
  const { minDelta = 0 } = run.options;
  const epoch = state.epoch + 1;
  const isBest = measured !== null && measured.loss < (state.best?.loss ?? Number.POSITIVE_INFINITY) - minDelta;
  const record: EpochRecord = { epoch, ...found, ...(measured && measuredIn(measured)), isBest };
  const best = measured && isBest ? { params: state.params, epoch, loss: measured.loss } : state.best;
  run.state = { ...state, epoch, batchInEpoch: 0, lossSum: 0, gradientNormSum: 0, seconds: 0, history: [...state.history, record], best };
  return record;
}

function measuredIn({ loss, metrics }: Measurement): Pick<EpochRecord, "validationLoss" | "metrics"> {
  return {
    validationLoss: loss,
    ...(Object.keys(metrics).length > 0 && { metrics: metrics as { readonly [name: string]: number } }),
  };
}
