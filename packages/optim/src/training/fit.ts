import type { Tree } from "@paramat/core";
import type { Checkpoint } from "../checkpoints/checkpoint.js";
import { silentReporter } from "../reporters/reporter.js";
import { fingerprint } from "./fingerprint.js";
import { finishEpoch } from "./finish-epoch.js";
import { checkFitOptions, type FitOptions } from "./fit-options.js";
import type { FitResult } from "./fit-result.js";
import { pacer } from "./pacer.js";
import { progressKeeper } from "./progress-keeper.js";
import type { Run, Stop } from "./run.js";
import { startingState } from "./starting-state.js";
import { trainEpoch } from "./train-epoch.js";
import type { TrainingState } from "./training-state.js";
import { updateOf } from "./training-step.js";

/**
 * Minimizes (1/n) Σₑ objective over minibatches: for each epoch the examples in a new random order, for each batch one step of the optimizer at the
 * gradient of the objective; the last, smaller batch is used as well. Then the validation examples are measured.
 * @returns why it stopped, the parameters, and one record for each epoch
 * @throws RangeError, TypeError, ShapeError for options that are wrong; DataError for a checkpoint that cannot be continued; whatever the objective
 * throws, after the state before that batch has been saved
 * @remarks Runs with the same options and seed on the same backend give the same bits, whether or not they were interrupted and resumed in between.
 * NaN and ∞ stop the run before the parameters are touched.
 */
export async function fit<P extends Tree>(options: FitOptions<P>): Promise<FitResult<P>> {
  checkFitOptions(options);
  const reporter = options.reporter ?? silentReporter();
  const { settings } = options.optimizer;
  const trainFingerprint = options.checkpoint && fingerprint(options.train);
  const complete = (state: TrainingState): Checkpoint => ({
    ...state,
    backendName: options.backend.name,
    optimizerName: options.optimizer.name,
    ...(settings && { optimizerSettings: settings }),
    batchSize: options.batchSize,
    trainSize: options.train.size,
    ...(trainFingerprint !== undefined && { trainFingerprint }),
    meta: options.checkpoint?.meta ?? {},
  });
  const start = await startingState(options, complete, reporter);
  const keeper = progressKeeper(options.checkpoint, complete, reporter, start);
  const run: Run<P> = { options, reporter, keeper, breathe: pacer(), update: updateOf(options), state: start };
  try {
    const stop = await untilStopped(run);
    await run.keeper.saveLast(run.state);
    report(run, stop);
    return resultOf(run, stop);
  } catch (error) {
    await run.keeper.saveLast(run.state);
    throw error;
  } finally {
    reporter.close();
  }
}

async function untilStopped<P extends Tree>(run: Run<P>): Promise<Stop> {
  const { epochs, patience = Number.POSITIVE_INFINITY, signal } = run.options;
  for (;;) {
    const { epoch, best } = run.state;
    if (epoch >= epochs) return "epochs";
    if (epoch - (best?.epoch ?? 0) >= patience) return "patience";
    if (signal?.aborted) return "interrupted";
    const stop = (await trainEpoch(run)) ?? (await finishEpoch(run));
    if (stop) return stop;
  }
}

function report<P extends Tree>({ reporter, state, options, keeper }: Run<P>, stop: Stop): void {
  const { epoch, batchInEpoch, step, best } = state;
  const saved = options.checkpoint && !keeper.error() ? `; saved in ${options.checkpoint.store.name}` : "";
  if (stop === "interrupted") {
    const place = batchInEpoch > 0 ? `in epoch ${epoch + 1} after batch ${batchInEpoch}` : `after epoch ${epoch}`;
    reporter.message(`interrupted ${place} (${step} updates)${saved}`);
  } else if (stop === "patience") {
    reporter.message(
      `stopped after epoch ${epoch}: ${options.patience} epochs without a better validation loss; the best was epoch ${best?.epoch}`,
    );
  } else if (stop !== "epochs") {
    reporter.message(`${stop.message}${saved ? ` The state before it is${saved.slice(1)}.` : ""}`);
  }
}

function resultOf<P extends Tree>({ options, state, keeper }: Run<P>, stop: Stop): FitResult<P> {
  const { params, best, history, step } = state;
  return {
    params: (options.keepBest ?? true) && best ? best.params : params,
    lastParams: params,
    history,
    stoppedBy: typeof stop === "string" ? stop : "non-finite",
    bestEpoch: best?.epoch ?? null,
    steps: step,
    nonFinite: typeof stop === "string" ? null : stop,
    saveError: keeper.error(),
  };
}
