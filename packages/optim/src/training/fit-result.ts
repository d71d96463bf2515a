import type { Tree } from "@paramat/core";
import type { Outcome } from "../minimize/outcome.js";
import type { History } from "./history.js";

/**
 * `epochs`, `iterations`: as many as were asked for. `patience`: so many without a better validation loss. `converged`, `stalled`: the minimizer is done,
 * or finds no way on. `callback`: one returned "stop". `interrupted`: the signal. `non-finite`: NaN or ∞ came up.
 */
export type StoppedBy = "epochs" | "iterations" | "patience" | "converged" | "stalled" | "callback" | "interrupted" | "non-finite";

export interface FitResult<P extends Tree> {
  /** Those of the best validation loss where that is kept, else the last ones; always finite. */
  readonly params: P;
  /** Those after the last update. */
  readonly lastParams: P;
  /** One record for each finished epoch, or iteration of a minimizer, those before a resumption included. */
  readonly history: History;
  readonly stoppedBy: StoppedBy;
  /** The epoch of the best validation loss, counted from 1; null where nothing was validated. */
  readonly bestEpoch: number | null;
  /** Updates of the parameters since the start of the run. */
  readonly steps: number;
  /** After the last update, what the optimizer keeps beside the parameters: `averageOf(optimizerState, params)` reads an average. Empty with a minimizer. */
  readonly optimizerState: Tree;
  /** Where NaN or ∞ came up, if that is what stopped the run. */
  readonly nonFinite: NonFinite | null;
  /** What the minimizer says of itself since the run began or resumed: why it stopped, how often it asked; null without one, or if it was cut short. */
  readonly outcome: Outcome<P> | null;
  /** Why the last attempt to save failed, if it did; the run has gone on without. */
  readonly saveError: Error | null;
}

/** Where NaN or ∞ came up. The batch under way was not used. */
export interface NonFinite {
  /** Counted from 1; of a minimizer the iteration, 0 for its start. */
  readonly epoch: number;
  /** Counted from 1, in the epoch; of a minimizer, the first part of the examples where it comes up. */
  readonly batch: number;
  /** In the loss, the gradient, the updated parameters or optimizer state, or the validation loss. */
  readonly stage: "loss" | "gradient" | "update" | "validation";
  /** What happened and what to try, in words. */
  readonly message: string;
}
