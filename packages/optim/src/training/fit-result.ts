import type { Tree } from "@paramat/core";
import type { EpochRecord } from "./epoch-record.js";

export type StoppedBy = "epochs" | "patience" | "interrupted" | "non-finite";

export interface FitResult<P extends Tree> {
  /** Those of the best validation loss where that is kept, else the last ones; always finite. */
  readonly params: P;
  /** Those after the last update. */
  readonly lastParams: P;
  /** One record for each finished epoch, those before a resumption included. */
  readonly history: readonly EpochRecord[];
  readonly stoppedBy: StoppedBy;
  /** The epoch of the best validation loss, counted from 1; null where nothing was validated. */
  readonly bestEpoch: number | null;
  /** Updates of the parameters since the start of the run. */
  readonly steps: number;
  /** Where NaN or ∞ came up, if that is what stopped the run. */
  readonly nonFinite: NonFinite | null;
  /** Why the last attempt to save failed, if it did; the run has gone on without. */
  readonly saveError: Error | null;
}

/** Where NaN or ∞ came up. The batch under way was not used. */
export interface NonFinite {
  /** Counted from 1. */
  readonly epoch: number;
  /** Counted from 1, in the epoch. */
  readonly batch: number;
  /** In the loss, the gradient, the updated parameters or optimizer state, or the validation loss. */
  readonly stage: "loss" | "gradient" | "update" | "validation";
  /** What happened and what to try, in words. */
  readonly message: string;
}
