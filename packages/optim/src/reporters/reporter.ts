import type { EpochRecord } from "../training/epoch-record.js";

/** Where a run tells people how it is going. */
export interface Reporter {
  /** After every batch. */
  batch(progress: BatchProgress): void;
  /** After every epoch, of which there will be at most `epochs`. */
  epoch(record: EpochRecord, epochs: number): void;
  /** Something that happens once: a run resumed, interrupted, stopped. */
  message(text: string): void;
  /** The run is over. */
  close(): void;
}

/** How far a run has come. */
export interface BatchProgress {
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
