import type { Tree } from "@paramat/core";
import type { Reporter } from "../reporters/reporter.js";
import type { FitOptions } from "./fit-options.js";
import type { NonFinite, StoppedBy } from "./fit-result.js";
import type { Pacer } from "./pacer.js";
import type { ProgressKeeper } from "./progress-keeper.js";
import type { TrainingState } from "./training-state.js";
import type { Update } from "./training-step.js";

/** A run under way; `state` is replaced after every batch. */
export interface Run<P extends Tree> {
  readonly options: FitOptions<P>;
  readonly reporter: Reporter;
  readonly keeper: ProgressKeeper;
  /** One for the whole run: its epochs may be shorter than a breath. */
  readonly breathe: Pacer;
  /** One for the whole run: it keeps the programs that it has been compiled to. */
  readonly update: Update<P>;
  state: TrainingState<P>;
}

/** Why a run ends. */
export type Stop = Exclude<StoppedBy, "non-finite"> | NonFinite;
