import type { Tree } from "@paramat/core";
import type { Checkpoint } from "../checkpoints/checkpoint.js";
import { silentReporter, type Unit } from "../reporters/reporter.js";
import { fingerprint } from "./fingerprint.js";
import type { TrainingOptions } from "./fit-options.js";
import type { FitResult } from "./fit-result.js";
import { historyOf } from "./history.js";
import { evaluateOf } from "./measure-validation.js";
import { pacer } from "./pacer.js";
import { progressKeeper } from "./progress-keeper.js";
import type { Run, Stop } from "./run.js";
import { startingState } from "./starting-state.js";
import type { TrainingState } from "./training-state.js";

/** What is different from one kind of run to the other. */
export interface Conduct<P extends Tree> {
  /** The state before the first step. */
  readonly fresh: TrainingState<P>;
  readonly identity: Pick<Checkpoint, "optimizerName" | "optimizerSettings" | "batchSize">;
  readonly unit: Unit;
  /** After how many epochs a checkpoint is due unless the options say. */
  readonly everyEpochs: number;
  /** Does the work. @returns why the run ends */
  readonly untilStopped: (run: Run<P>) => Promise<Stop>;
  /** How far a run has come, for messages: `after epoch 3`. */
  readonly placeOf: (state: TrainingState<P>) => string;
  /** What is said where neither the caller nor NaN ended it; null for nothing. */
  readonly farewell: (run: Run<P>) => string | null;
}

/** A run from its starting state to its result: whatever ends it, its last state is saved first and its reporter closed. */
export async function conduct<P extends Tree>(options: TrainingOptions<P>, kind: Conduct<P>): Promise<FitResult<P>> {
  const { checkpoint } = options;
  const reporter = options.reporter ?? silentReporter();
  const trainFingerprint = checkpoint && fingerprint(options.train);
  const complete = (state: TrainingState): Checkpoint => ({
    ...state,
    ...kind.identity,
    backendName: options.backend.name,
    trainSize: options.train.size,
    ...(trainFingerprint !== undefined && { trainFingerprint }),
    ...(checkpoint?.settings && { settings: checkpoint.settings }),
    meta: checkpoint?.meta ?? {},
  });
  const start = await startingState(options, kind.fresh, complete, reporter, kind.unit);
  const keeper = progressKeeper(checkpoint, complete, reporter, start, kind.everyEpochs);
  const run: Run<P> = { options, reporter, keeper, breathe: pacer(), evaluate: evaluateOf(options), state: start, outcome: null };
  try {
    const stop = await kind.untilStopped(run);
    await keeper.saveLast(run.state);
    const said = farewell(run, kind, stop);
    if (said !== null) reporter.message(said);
    return resultOf(run, stop);
  } catch (error) {
    await keeper.saveLast(run.state);
    throw error;
  } finally {
    reporter.close();
  }
}

function farewell<P extends Tree>(run: Run<P>, kind: Conduct<P>, stop: Stop): string | null {
  const { options, keeper, state } = run;
  const { unit } = kind;
  const store = options.checkpoint && !keeper.error() ? options.checkpoint.store.name : null;
  if (typeof stop !== "string") return `${stop.message}${store ? ` The state before it is saved in ${store}.` : ""}`;
  if (stop === "interrupted" || stop === "callback")
    return `${stop === "callback" ? "stopped by a callback" : stop} ${kind.placeOf(state)}${store ? `; saved in ${store}` : ""}`;
  if (stop === "patience")
    return `stopped after ${unit} ${state.epoch}: ${options.patience} ${unit}s without a better validation loss; the best was ${unit} ${state.best?.epoch}`;
  return kind.farewell(run);
}

function resultOf<P extends Tree>({ options, state, keeper, outcome }: Run<P>, stop: Stop): FitResult<P> {
  const { params, best, history, step } = state;
  return {
    params: (options.keepBest ?? true) && best ? best.params : params,
    lastParams: params,
    optimizerState: state.optimizerState,
    history: historyOf(history),
    stoppedBy: typeof stop === "string" ? stop : "non-finite",
    bestEpoch: best?.epoch ?? null,
    steps: step,
    nonFinite: typeof stop === "string" ? null : stop,
    outcome,
    saveError: keeper.error(),
  };
}
