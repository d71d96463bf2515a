import type { Tree } from "@paramat/core";
import type { BatchProgress } from "../reporters/reporter.js";
import type { EpochRecord } from "./epoch-record.js";

/**
 * What a run does besides training, where a `Reporter` only shows it. A callback is waited for; if it returns "stop", or a promise of it, the run ends
 * there as if it had been interrupted; what it throws is thrown by `fit`, after the state has been saved.
 */
export interface Callbacks<P extends Tree = Tree> {
  /** After every update of an optimizer; a minimizer has no batches. */
  readonly onBatch?: (progress: BatchProgress, at: RunView<P>) => unknown;
  /** After every epoch, or every iteration of a minimizer, when it has been measured. */
  readonly onEpoch?: (record: EpochRecord, at: RunView<P>) => unknown;
}

/** A run as a callback sees it. */
export interface RunView<P extends Tree = Tree> {
  /** As they are now; they are not changed in place. */
  readonly params: P;
  /** What the optimizer keeps beside them, `averageOf(optimizerState, params)` reads an average; empty with a minimizer. */
  readonly optimizerState: Tree;
  /** Updates made. */
  readonly step: number;
  readonly history: readonly EpochRecord[];
}
