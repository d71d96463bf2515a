import {
  type Backend,
  type BatchProgress,
  type Dataset,
  type EpochRecord,
  type FitResult,
  fit,
  leaves,
  type NetworkParams,
  ndarray,
  rng,
  softmax,
} from "paramat";
import { type LossTrace, lossTrace } from "./loss-trace.js";
import type { MemoryStore } from "./memory-store.js";
import type { RunFacts, Snapshot } from "./messages.js";
import { type Model, modelOf } from "./model.js";
import { type DeviceBackend, isLostGpu, openBackend } from "./open-backend.js";
import type { Settings } from "./settings.js";
import { taskOf } from "./task-of.js";

/** A network in training: goes on and stops as often as wanted, and can be asked in between. */
export interface Run {
  readonly facts: RunFacts;
  readonly data: Dataset;
  readonly store: MemoryStore;
  /** Trains until the end or the signal. @param resume from what the store holds */
  train(signal: AbortSignal, resume: boolean): Promise<FitResult<NetworkParams>>;
  /** Probabilities of the classes, by the parameters of the moment. */
  classify(pixels: Float32Array): Promise<Float32Array>;
  snapshot(isLast: boolean): Promise<Snapshot>;
  /** What the backend has done so far, in words; null where it does not count. */
  activity(): string | null;
  /** Gives a GPU back, of which browsers have few for a page; nothing can be asked after. */
  close(): Promise<void>;
}

/** What is told while it trains, and waited for. */
export interface RunEvents {
  progress(progress: BatchProgress, run: Run): void;
  /** Between two steps: the time to look at the parameters. */
  between(run: Run): Promise<void>;
  /** In words: a GPU was lost. */
  message(text: string): void;
}

/** How often in one go a GPU that was lost is opened anew. */
const MOST_LOSSES = 3;

/**
 * A run of the settings on its data.
 * @throws ShapeError, RangeError if the settings do not fit the data; BackendError (rejects) if the backend cannot be used here
 */
export async function openRun(settings: Settings, data: Dataset, store: MemoryStore, events: RunEvents): Promise<Run> {
  const model = modelOf(settings, data.shape, data.classes.length);
  const trace = lossTrace();
  let backend: DeviceBackend = await openBackend(settings.backend, settings.threads);
  let params: NetworkParams = model.net.init(rng(settings.seed), backend);
  let history: readonly EpochRecord[] = [];
  const look = async (at: { readonly params: NetworkParams; readonly history: readonly EpochRecord[] }) => {
    ({ params, history } = at);
    await events.between(run);
  };
  const trainOnce = (signal: AbortSignal, resume: boolean) =>
    fit({
      ...taskOf(settings, model, data, backend),
      checkpoint: { store, everySteps: 200, everyEpochs: 1, meta: { ...settings }, settings: { ...settings } },
      resume,
      signal,
      reporter: {
        batch: (progress) => {
          noteLoss(trace, progress);
          events.progress(progress, run);
        },
        epoch: () => {},
        // What else `fit` has to say, the page says by its phases; it would hide that a GPU was lost.
        message: () => {},
        close: () => {},
      },
      callbacks: { onBatch: (_, at) => look(at), onEpoch: (_, at) => look(at) },
    });
  const run: Run = {
    facts: factsOf(settings, data, model, backend),
    data,
    store,
    async train(signal, resume) {
      for (let losses = 0; ; losses++) {
        try {
          const result = await trainOnce(signal, resume || losses > 0);
          ({ lastParams: params, history } = result);
          return result;
        } catch (error) {
          if (!isLostGpu(error) || losses === MOST_LOSSES) throw error;
          events.message("the graphics card was lost; it is opened again, and the run goes on from its last checkpoint");
          await run.close();
          backend = await openBackend(settings.backend, settings.threads);
        }
      }
    },
    async classify(pixels) {
      const output = model.net.forward(params, ndarray(backend, pixels, [1, ...data.shape]));
      return Float32Array.from(await softmax(output).read());
    },
    async snapshot(isLast) {
      const numbers = await Promise.all(leaves(params).map((leaf) => leaf.read()));
      return { leaves: numbers.map((values) => Float32Array.from(values)), history, trace: trace.points(), isLast };
    },
    activity: () => (backend.activity ? String(backend.activity()) : null),
    async close() {
      await backend.destroy?.();
    },
  };
  return run;
}

function noteLoss(trace: LossTrace, { unit, epoch, batch, batches, loss }: BatchProgress): void {
  trace.add(unit === "iteration" ? epoch : epoch - 1 + batch / batches, loss);
}

function factsOf(settings: Settings, { shape, classes, train, test }: Dataset, { net, text }: Model, backend: Backend): RunFacts {
  return {
    ...{ settings, shape, classes, model: text, numParams: net.numParams, numTrain: train.size, numTest: test.size },
    executedOn: backend.executedOn ?? backend.name,
  };
}
