import type { Tree } from "@paramat/core";
import type { Checkpoint } from "../checkpoints/checkpoint.js";
import type { Reporter } from "../reporters/reporter.js";
import type { CheckpointOptions } from "./fit-options.js";
import type { TrainingState } from "./training-state.js";

/** Saves a run's states when they are due. */
export interface ProgressKeeper {
  /** After a batch (`ofEpoch` false) or an epoch. */
  saveIfDue(state: TrainingState, ofEpoch: boolean): Promise<void>;
  /** At the end of the run, unless that very state is saved already. */
  saveLast(state: TrainingState): Promise<void>;
  /** Why the last attempt failed, if it did. */
  error(): Error | null;
}

/**
 * Keeps states in the checkpoint's store. A save that fails is reported and does not stop the run: it may be the disk that is full, and the
 * parameters in memory are worth more than the file.
 * @param already the state that the store holds
 * @param defaultEpochs after how many epochs a save is due where the options do not say
 */
export function progressKeeper<P extends Tree>(
  options: CheckpointOptions | undefined,
  complete: (state: TrainingState) => Checkpoint,
  reporter: Reporter,
  already: TrainingState<P>,
  defaultEpochs: number,
): ProgressKeeper {
  let saved: TrainingState = already;
  let error: Error | null = null;
  let failed: TrainingState | null = null;
  const save = async (state: TrainingState, consequence: string): Promise<void> => {
    if (!options || state === saved) return;
    try {
      await options.store.save(complete(state));
      saved = state;
      error = null;
    } catch (cause) {
      error = cause instanceof Error ? cause : new Error(String(cause));
      // The end of the run tries again what the end of its last epoch could not do: one complaint is enough.
      if (state !== failed) reporter.message(`could not save ${options.store.name}: ${error.message}; ${consequence}`);
      failed = state;
    }
  };
  return {
    saveLast: (state) => save(state, "the run's last state is in memory only"),
    error: () => error,
    async saveIfDue(state, ofEpoch) {
      const { everySteps, everyEpochs = defaultEpochs } = options ?? {};
      const isDue = ofEpoch ? state.epoch % everyEpochs === 0 : everySteps !== undefined && state.step % everySteps === 0;
      if (isDue) await save(state, "the run goes on and tries again at the next occasion");
    },
  };
}
