import type { Tree } from "@paramat/core";
import { conduct, savedIn } from "./conduct.js";
import { finishEpoch } from "./finish-epoch.js";
import type { FitOptions } from "./fit-options.js";
import type { FitResult } from "./fit-result.js";
import type { Run, Stop } from "./run.js";
import { trainEpoch } from "./train-epoch.js";
import { initialState } from "./training-state.js";
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
    farewell: (run, stop) => farewell(run, options, stop),
  });
}

async function untilStopped<P extends Tree>(run: Run<P>, options: FitOptions<P>, update: Update<P>): Promise<Stop> {
  const { epochs, patience = Number.POSITIVE_INFINITY, signal } = options;
  for (;;) {
    const { epoch, best } = run.state;
    if (epoch >= epochs) return "epochs";
    if (epoch - (best?.epoch ?? 0) >= patience) return "patience";
    if (signal?.aborted) return "interrupted";
    const stop = (await trainEpoch(run, options, update)) ?? (await finishEpoch(run, options));
    if (stop) return stop;
  }
}

function farewell<P extends Tree>(run: Run<P>, { patience }: FitOptions<P>, stop: Stop): string | null {
  const { epoch, batchInEpoch, step, best } = run.state;
  const saved = savedIn(run);
  if (stop === "interrupted" || stop === "callback") {
    const place = batchInEpoch > 0 ? `in epoch ${epoch + 1} after batch ${batchInEpoch}` : `after epoch ${epoch}`;
    return `${stop === "callback" ? "stopped by a callback" : stop} ${place} (${step} updates)${saved}`;
  }
  if (stop === "patience")
    return `stopped after epoch ${epoch}: ${patience} epochs without a better validation loss; the best was epoch ${best?.epoch}`;
  return typeof stop === "string" ? null : `${stop.message}${saved ? ` The state before it is${saved.slice(1)}.` : ""}`;
}
