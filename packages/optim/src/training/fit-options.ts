import type { Backend } from "@paramat/backends";
import type { Rng, Tree, Value } from "@paramat/core";
import type { ForwardContext } from "@paramat/layers";
import type { CheckpointStore } from "../checkpoints/checkpoint.js";
import type { Json } from "../json.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import type { Reporter } from "../reporters/reporter.js";
import { requireCount } from "../require-count.js";
import { type Batch, checkExamples, type Examples } from "./examples.js";
import type { Evaluation } from "./measure.js";

export interface FitOptions<P extends Tree> {
  /** Where to start. */
  readonly params: P;
  /** The scalar to be made small: the mean loss over the batch, and what regularizes the parameters. */
  readonly objective: (params: P, batch: Batch, context: ForwardContext) => Value;
  readonly optimizer: Optimizer;
  readonly train: Examples;
  /** Measured after every epoch. */
  readonly validation?: Examples;
  /** What is measured; the objective with `training: false` if left out. */
  readonly evaluate?: (params: P, batch: Batch) => Evaluation;
  /** Passes over the training examples, counted from the start of the run and not from where it resumes. */
  readonly epochs: number;
  readonly batchSize: number;
  /** Orders the examples anew for each epoch, and serves the layers that need randomness. */
  readonly rng: Rng;
  /** Where batches are put; the parameters must be there. */
  readonly backend: Backend;
  /** Stops after so many epochs without a better validation loss. */
  readonly patience?: number;
  /** A validation loss is better if it is lower by more than this; default 0. */
  readonly minDelta?: number;
  /** Returns the parameters of the best validation loss; default true. */
  readonly keepBest?: boolean;
  /**
   * Whether the step is compiled: recorded once for each size of batch, then run as a program, which is faster. The objective then runs for the
   * recordings alone; what it reads from the enclosing scope is kept as it was, random arrays come from its context's rng, and no value can be
   * read. Pass false for an objective that reads values or does something else at each step. Default true.
   */
  readonly compile?: boolean;
  /** Silent if left out. */
  readonly reporter?: Reporter;
  readonly checkpoint?: CheckpointOptions;
  /** Continues what the checkpoint's store holds; where it holds nothing the run starts from the beginning, and says so. Default false. */
  readonly resume?: boolean;
  /** Ends the run after the batch under way, with everything saved. */
  readonly signal?: AbortSignal;
}

export interface CheckpointOptions {
  readonly store: CheckpointStore;
  /** Saves after so many updates too; after epochs alone if left out. */
  readonly everySteps?: number;
  /** Default 1. The end of the run is always saved. */
  readonly everyEpochs?: number;
  /** Notes to be kept with the state. */
  readonly meta?: { readonly [key: string]: Json };
}

/** @throws RangeError, TypeError or ShapeError naming the option that is wrong, before any work */
export function checkFitOptions<P extends Tree>(options: FitOptions<P>): void {
  const { epochs, batchSize, patience, minDelta = 0, validation, checkpoint, resume } = options;
  requireCount("fit", "epochs", epochs, 0);
  requireCount("fit", "batchSize", batchSize, 1);
  if (patience !== undefined) {
    requireCount("fit", "patience", patience, 1);
    if (!validation)
      throw new TypeError(`fit: patience is ${patience} and there are no validation examples; give validation, or leave patience out`);
  }
  if (!(minDelta >= 0 && minDelta < Number.POSITIVE_INFINITY))
    throw new RangeError(`fit: minDelta is ${minDelta}; it must be a finite number ≥ 0`);
  if (checkpoint?.everySteps !== undefined) requireCount("fit", "checkpoint.everySteps", checkpoint.everySteps, 1);
  if (checkpoint?.everyEpochs !== undefined) requireCount("fit", "checkpoint.everyEpochs", checkpoint.everyEpochs, 1);
  if (resume && !checkpoint)
    throw new TypeError("fit: resume is true and there is no checkpoint; say where it is kept: checkpoint: { store }");
  checkExamples("fit", "train", options.train);
  if (validation) checkExamples("fit", "validation", validation);
}
