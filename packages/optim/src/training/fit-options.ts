import type { Backend } from "@paramat/backends";
import type { Rng, Tree, Value } from "@paramat/core";
import type { ForwardContext } from "@paramat/layers";
import type { CheckpointStore } from "../checkpoints/checkpoint.js";
import type { Json } from "../json.js";
import type { Metric } from "../metrics/metric.js";
import type { Minimizer } from "../minimize/minimizer.js";
import type { Optimizer } from "../optimizers/optimizer.js";
import type { Reporter } from "../reporters/reporter.js";
import type { Callbacks } from "./callbacks.js";
import type { Batch, Examples } from "./examples.js";
import type { Evaluation } from "./measure.js";

/** What `fit` takes with an optimizer and with a minimizer alike. */
export interface TrainingOptions<P extends Tree> {
  /** Where to start. */
  readonly params: P;
  /** The scalar to be made small: the mean loss over the batch, and what regularizes the parameters. */
  readonly objective: (params: P, batch: Batch, context: ForwardContext) => Value;
  readonly train: Examples;
  /** Measured after every epoch. */
  readonly validation?: Examples;
  /** What is measured; the objective with `training: false` if left out. Metrics need its `output`. */
  readonly evaluate?: (params: P, batch: Batch) => Evaluation;
  /** Of the validation examples, after every epoch: shown, and kept in the history by these names. */
  readonly metrics?: { readonly [name: string]: Metric<number> };
  /** Where batches are put; the parameters must be there. */
  readonly backend: Backend;
  /** Stops after so many epochs (iterations) without a better validation loss. */
  readonly patience?: number;
  /** A validation loss is better if it is lower by more than this; default 0. */
  readonly minDelta?: number;
  /** Returns the parameters of the best validation loss; default true. */
  readonly keepBest?: boolean;
  /**
   * Whether the step is compiled: recorded once for each size of batch, then run as a program, which is faster. The objective then runs for the
   * recordings alone; what it reads from the enclosing scope is kept as it was, random arrays come from its context's rng, and no value can be
   * read. Pass false for an objective that reads values or does something else at each step. The same goes for `evaluate`, but that one which reads
   * values is simply not compiled. Default true.
   */
  readonly compile?: boolean;
  /** Silent if left out. */
  readonly reporter?: Reporter;
  /** Called on the way; may stop the run. */
  readonly callbacks?: Callbacks<P>;
  readonly checkpoint?: CheckpointOptions;
  /** Continues what the checkpoint's store holds; where it holds nothing the run starts from the beginning, and says so. Default false. */
  readonly resume?: boolean;
  /** Ends the run after the batch under way, with everything saved. */
  readonly signal?: AbortSignal;
}

/** `fit` by steps from minibatches. */
export interface FitOptions<P extends Tree> extends TrainingOptions<P> {
  readonly optimizer: Optimizer;
  /** Passes over the training examples, counted from the start of the run and not from where it resumes. */
  readonly epochs: number;
  readonly batchSize: number;
  /** Orders the examples anew for each epoch, and serves the layers that need randomness. */
  readonly rng: Rng;
  readonly minimizer?: undefined;
}

/** `fit` by a method that takes all training examples in every step. The objective must be a function: its context has no rng. */
export interface FitByMinimizerOptions<P extends Tree> extends TrainingOptions<P> {
  /** `lbfgs`, `newtonCg`, …; with options of its own: `(f, params, options) => lbfgs(f, params, { ...options, memory: 30 })`. */
  readonly minimizer: Minimizer;
  /** At most; counted from the start of the run and not from where it resumes. */
  readonly iterations: number;
  /** The objective and its derivatives are summed over so many examples at a time, in the memory of one such part; all at once if left out. */
  readonly batchSize?: number;
  /** Validates and reports after every so many iterations, and after the last; default 1. */
  readonly validateEvery?: number;
  readonly optimizer?: undefined;
}

export interface CheckpointOptions {
  readonly store: CheckpointStore;
  /** Saves after so many updates too; after epochs alone if left out. */
  readonly everySteps?: number;
  /** Default 1; 10 for the iterations of a minimizer, which may be short. The end of the run is always saved. */
  readonly everyEpochs?: number;
  /** Notes to be kept with the state. */
  readonly meta?: { readonly [key: string]: Json };
  /** What else the numbers depend on: weights of the objective, the schedule of the learning rate. A run that resumes must give the same. */
  readonly settings?: { readonly [key: string]: Json };
}
