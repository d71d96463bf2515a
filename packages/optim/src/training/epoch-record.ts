/** What one epoch gave, or one iteration of a minimizer. Plain data. */
export interface EpochRecord {
  /** Counted from 1; of a minimizer, its iterations. */
  readonly epoch: number;
  /** Mean over the epoch's examples of the loss at the parameters of their batch; of a minimizer, the objective at the parameters it has reached. */
  readonly trainLoss: number;
  /** Mean over the validation examples, at the end of the epoch. */
  readonly validationLoss?: number;
  /** The metrics of `fit` over the validation examples, by name, at the end of the epoch. */
  readonly metrics?: { readonly [name: string]: number };
  /** Of the epoch's last update, where the optimizer can say. */
  readonly learningRate?: number;
  /** Mean over the epoch's examples of ‖∇f‖ at the parameters of their batch; of a minimizer, ‖∇f‖ at the parameters it has reached. */
  readonly gradientNorm?: number;
  /** Whether the validation loss is the best so far (by more than `minDelta`). */
  readonly isBest: boolean;
  /** Time spent on the epoch's batches and its validation. */
  readonly seconds: number;
}
