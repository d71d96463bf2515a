import { leaves, rebuild, type Tree } from "@paramat/core";
import type { Checkpoint } from "../checkpoints/checkpoint.js";
import { requireContinuable } from "../checkpoints/require-continuable.js";
import type { Reporter, Unit } from "../reporters/reporter.js";
import type { TrainingOptions } from "./fit-options.js";
import type { TrainingState } from "./training-state.js";

/**
 * The state that a run starts from, which its store then holds: what was kept there, or the beginning.
 * @param fresh the beginning
 * @throws DataError if what is kept cannot be trusted or does not fit; whatever the store throws if it cannot save, before any work is done
 */
export async function startingState<P extends Tree>(
  options: TrainingOptions<P>,
  fresh: TrainingState<P>,
  complete: (state: TrainingState) => Checkpoint,
  reporter: Reporter,
  unit: Unit,
): Promise<TrainingState<P>> {
  const { params, backend, checkpoint, resume } = options;
  const store = checkpoint?.store;
  const kept = resume ? await store?.load(backend) : null;
  if (kept && store) {
    requireContinuable(store.name, kept, complete(fresh));
    const { epoch, batchInEpoch, step, best } = kept;
    const done = unit === "epoch" ? `${epoch} epochs and ${batchInEpoch} batches (${step} updates)` : `${epoch} iterations`;
    reporter.message(`resuming ${store.name} after ${done}`);
    const inForm = (tree: Tree): P => rebuild(params, leaves(tree));
    return { ...kept, params: inForm(kept.params), best: best && { ...best, params: inForm(best.params) } };
  }
  if (store) {
    const aside = resume ? null : await store.setAside?.();
    if (aside) reporter.message(`the checkpoint of an earlier run is set aside as ${aside}`);
    if (resume) reporter.message(`${store.name} holds no checkpoint yet: starting from the beginning`);
    await store.save(complete(fresh));
  }
  return fresh;
}
