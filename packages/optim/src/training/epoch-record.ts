/** What one epoch gave. */
export interface EpochRecord {
  /** Counted from 1. */
  readonly epoch: number;
  /** Mean over the epoch's examples of the loss at the parameters of their batch. */
  readonly trainLoss: number;
  /** Mean over the validation examples, at the end of the epoch. */
  readonly validationLoss?: number;
  /** Part of the validation examples counted as correct, 0 … 1; where `evaluate` counts them. */
  readonly validationAccuracy?: number;
  /** Whether the validation loss is the best so far (by more than `minDelta`). */
  readonly isBest: boolean;
  /** Time spent on the epoch's batches and its validation. */
  readonly seconds: number;
}
