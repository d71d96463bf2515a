import type { Backend } from "@paramat/backends";
import type { Json } from "../json.js";
import type { TrainingState } from "../training/training-state.js";

/** The state of a run, and what must be the same for a run that continues it bit for bit. */
export interface Checkpoint extends TrainingState {
  /** `cpu-float64`: the numbers of another backend are rounded otherwise. */
  readonly backendName: string;
  readonly optimizerName: string;
  /** The optimizer's own account of its options; absent where it gave none, and in files written before it was kept. */
  readonly optimizerSettings?: { readonly [key: string]: Json };
  readonly batchSize: number;
  /** Number of training examples. */
  readonly trainSize: number;
  /** `fingerprint` of the training examples; absent in files written before it was kept. */
  readonly trainFingerprint?: string;
  /** What else the numbers of the run depend on, by the caller's account; absent where there is none. */
  readonly settings?: { readonly [key: string]: Json };
  /** The caller's own notes: the network's description, say. */
  readonly meta: { readonly [key: string]: Json };
}

/** Where a run keeps its checkpoint: a file (`fileStore` of `@paramat/optim/node`), or anything else that holds bytes. */
export interface CheckpointStore {
  /** For people: the file's name. */
  readonly name: string;
  /** Replaces what was kept, whole or not at all. */
  save(checkpoint: Checkpoint): Promise<void>;
  /** What is kept, with its arrays on `backend`; null if there is nothing. @throws DataError if it cannot be trusted */
  load(backend: Backend): Promise<Checkpoint | null>;
  /** Moves what is kept out of the way, so that a new run does not write over it; its new name, or null if there was nothing. */
  setAside?(): Promise<string | null>;
}
