import { type Rng, rngFromState, type Tree } from "@paramat/core";
import { takeBatch } from "./examples.js";
import { type Again, explainStop } from "./explain-stop.js";
import type { FitOptions } from "./fit-options.js";
import type { Run, Stop } from "./run.js";
import { trainingStep, type Update } from "./training-step.js";

/** One update for each batch of the epoch that is not done yet. @returns why the run ends, or null if the batches are through */
export async function trainEpoch<P extends Tree>(run: Run<P>, options: FitOptions<P>, update: Update<P>): Promise<Stop | null> {
  const { objective, train, batchSize, backend, epochs, signal, callbacks } = options;
  const batches = Math.ceil(train.size / batchSize);
  const began = performance.now();
  let examplesDone = 0;
  // An epoch under way goes on from where its stream stands, in the order that the stream gave when the epoch began.
  const isNew = run.state.batchInEpoch === 0;
  const epochRng = isNew ? run.state.rng : run.state.epochRng;
  const atStart = rngFromState(epochRng);
  const order = atStart.permutation(train.size);
  const stream: Rng = isNew ? atStart : rngFromState(run.state.rng);

  while (run.state.batchInEpoch < batches) {
    const { state } = run;
    const from = state.batchInEpoch * batchSize;
    const to = Math.min(from + batchSize, train.size);
    const before = stream.state();
    const batch = () => takeBatch(backend, train, order, from, to);
    const startedAt = performance.now();
    const context = { training: true, rng: stream };
    const outcome = await trainingStep(backend, update, batch, state, context);
    if (!outcome.finite) {
      const place = { epoch: state.epoch + 1, batch: state.batchInEpoch + 1, stage: outcome.stage };
      const again: Again<P> = (params) => objective(params, batch(), { training: true, rng: rngFromState(before) });
      return explainStop(place, outcome.loss, state.params, again, {
        backend,
        examples: train,
        rows: order.subarray(from, to),
      });
    }
    const { loss, gradientNorm, params, optimizerState } = outcome;
    const batchInEpoch = state.batchInEpoch + 1;
    run.state = {
      ...state,
      params,
      optimizerState,
      rng: stream.state(),
      epochRng,
      step: state.step + 1,
      batchInEpoch,
      lossSum: state.lossSum + (to - from) * loss,
      ...(state.gradientNormSum !== undefined && { gradientNormSum: state.gradientNormSum + (to - from) * gradientNorm }),
      seconds: state.seconds + (performance.now() - startedAt) / 1000,
    };
    examplesDone += to - from;
    const examplesPerSecond = (1000 * examplesDone) / (performance.now() - began);
    const secondsLeft = (train.size - to + train.size * (epochs - state.epoch - 1)) / examplesPerSecond;
    const progress = {
      unit: "epoch",
      epoch: state.epoch + 1,
      epochs,
      batch: batchInEpoch,
      batches,
      loss,
      examplesPerSecond,
      secondsLeft,
    } as const;
    run.reporter.batch(progress);
    const verdict = await callbacks?.onBatch?.(progress, run.state);
    await run.keeper.saveIfDue(run.state, false);
    await run.breathe();
    if (signal?.aborted) return "interrupted";
    if (verdict === "stop") return "callback";
  }
  return null;
}
