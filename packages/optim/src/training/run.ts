import type { Tree } from "@paramat/core";
import type { Outcome } from "../minimize/outcome.js";
import type { Reporter } from "../reporters/reporter.js";
import type { Batch } from "./examples.js";
import type { TrainingOptions } from "./fit-options.js";
import type { NonFinite, StoppedBy } from "./fit-result.js";
import type { Evaluation } from "./measure.js";
import type { Pacer } from "./pacer.js";
import type { ProgressKeeper } from "./progress-keeper.js";
import type { TrainingState } from "./training-state.js";

/** A run under way; `state` is replaced after every batch. */
export interface Run<P extends Tree> {
  readonly options: TrainingOptions<P>;
  readonly reporter: Reporter;
  readonly keeper: ProgressKeeper;
  /** One for the whole run: its epochs may be shorter than a breath. */
  readonly breathe: Pacer;
  /** One for the whole run: it keeps the programs that it has been compiled to. */
  readonly evaluate: (params: P, batch: Batch) => Evaluation;
  state: TrainingState<P>;
  /** Of the minimizer, when it has come back. */
  outcome: Outcome<P> | null;
}

/** Whether so many epochs or iterations brought no better validation loss as the options allow. */
export function isPatienceSpent<P extends Tree>({ state, options }: Run<P>): boolean {
  return state.epoch - (state.best?.epoch ?? 0) >= (options.patience ?? Number.POSITIVE_INFINITY);
}

/** Why a run ends. */
export type Stop = Exclude<StoppedBy, "non-finite"> | NonFinite;
