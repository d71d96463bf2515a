import type { Tree } from "@paramat/core";
import { conduct } from "./conduct.js";
import { finishEpoch } from "./finish-epoch.js";
import type { FitOptions } from "./fit-options.js";
import type { FitResult } from "./fit-result.js";
import { isPatienceSpent, type Run, type Stop } from "./run.js";
import { trainEpoch } from "./train-epoch.js";
import { initialState, type TrainingState } from "./training-state.js";
import { type Update, updateOf } from "./training-step.js";

/** `fit` by steps from minibatches. */
export function fitByOptimizer<P extends Tree>(options: FitOptions<P>): Promise<FitResult<P>> {
  const { params, optimizer, rng, batchSize } = options;
  const { name, settings } = optimizer;
  const update = updateOf(options);
  return conduct(options, {
    // A stream of the run's own: the caller's moves on, and a second run from it draws other numbers.
    fresh: initialState(params, optimizer.init(params), rng.split()),
    identity: { optimizerName: name, ...(settings && { optimizerSettings: settings }), batchSize },
    unit: "epoch",
    everyEpochs: 1,
    untilStopped: (run) => untilStopped(run, options, update),
    placeOf,
    farewell: () => null,
  });
}

async function untilStopped<P extends Tree>(run: Run<P>, options: FitOptions<P>, update: Update<P>): Promise<Stop> {
  const { epochs, signal } = options;
  for (;;) {
    if (run.state.epoch >= epochs) return "epochs";
    if (isPatienceSpent(run)) return "patience";
    if (signal?.aborted) return "interrupted";
    const stop = (await trainEpoch(run, options, update)) ?? (await finishEpoch(run, options));
    if (stop) return stop;
  }
}

function placeOf({ epoch, batchInEpoch, step }: TrainingState): string {
  return `${batchInEpoch > 0 ? `in epoch ${epoch + 1} after batch ${batchInEpoch}` : `after epoch ${epoch}`} (${step} updates)`;
}
