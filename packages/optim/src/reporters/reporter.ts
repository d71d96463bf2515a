import type { EpochRecord } from "../training/epoch-record.js";

/** Where a run tells people how it is going. What is to act on the run, or to stop it, is a callback. */
export interface Reporter {
  /** After every batch, or every iteration of a minimizer. */
  batch(progress: BatchProgress): void;
  /** After every epoch, or every measured iteration of a minimizer (`unit`), of which there will be at most `epochs`. */
  epoch(record: EpochRecord, epochs: number, unit?: Unit): void;
  /** Something that happens once: a run resumed, interrupted, stopped. */
  message(text: string): void;
  /** The run is over. */
  close(): void;
}

/** What a run is counted in: passes over the examples, or iterations of a minimizer. */
export type Unit = "epoch" | "iteration";

/** How far a run has come. */
export interface BatchProgress {
  /** Default "epoch". An iteration counts as a batch of all the iterations. */
  readonly unit?: Unit;
  /** The epoch under way, counted from 1, of at most `epochs`. */
  readonly epoch: number;
  readonly epochs: number;
  /** Batches done of this epoch's `batches`. */
  readonly batch: number;
  readonly batches: number;
  /** Loss of the last batch. */
  readonly loss: number;
  readonly examplesPerSecond: number;
  /** Until the last epoch ends, at this pace. */
  readonly secondsLeft: number;
}

/** Says nothing. */
export function silentReporter(): Reporter {
  return { batch: () => {}, epoch: () => {}, message: () => {}, close: () => {} };
}
