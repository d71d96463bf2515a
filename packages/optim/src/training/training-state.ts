import type { Backend } from "@paramat/backends";
import { leaves, type Rng, type RngState, type Tree } from "@paramat/core";
import type { EpochRecord } from "./epoch-record.js";

/** All that the rest of a run depends on, as it stands between two batches: what comes next is a function of this and of the options. */
export interface TrainingState<P extends Tree = Tree> {
  readonly params: P;
  readonly optimizerState: Tree;
  /** The random stream after the last batch. */
  readonly rng: RngState;
  /** The random stream before this epoch's order was drawn, so that the order can be drawn again. */
  readonly epochRng: RngState;
  /** Finished epochs. */
  readonly epoch: number;
  /** Updates of the parameters. */
  readonly step: number;
  /** Batches done of the epoch that is under way. */
  readonly batchInEpoch: number;
  /** Σ size · loss over those batches. */
  readonly lossSum: number;
  /** Σ size · ‖∇f‖ over those batches; absent in files written before it was kept. */
  readonly gradientNormSum?: number;
  /** Time spent on those batches. */
  readonly seconds: number;
  readonly history: readonly EpochRecord[];
  /** Where the validation loss was lowest. */
  readonly best: BestParams<P> | null;
}

export interface BestParams<P extends Tree = Tree> {
  readonly params: P;
  /** Counted from 1. */
  readonly epoch: number;
  readonly loss: number;
}

/** The state before the first batch. */
export function initialState<P extends Tree>(params: P, optimizerState: Tree, rng: Rng): TrainingState<P> {
  return {
    params,
    optimizerState,
    rng: rng.state(),
    epochRng: rng.state(),
    epoch: 0,
    step: 0,
    batchInEpoch: 0,
    lossSum: 0,
    gradientNormSum: 0,
    seconds: 0,
    history: [],
    best: null,
  };
}

/** What `body` gives, with everything else that it made on the backend freed: the scope is told of the buffers in `kept(result)`. */
export function keepInScope<T>(backend: Backend, body: () => T, kept: (result: T) => Tree): T {
  return backend.scope(() => {
    const result = body();
    return { result, buffers: leaves(kept(result)).map((x) => x.array.buffer) };
  }).result;
}
