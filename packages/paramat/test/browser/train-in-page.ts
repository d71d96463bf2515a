import {
  activation,
  adam,
  type Batch,
  type BatchProgress,
  type CheckpointStore,
  conv,
  cpu,
  decodeCheckpoint,
  dense,
  type EpochRecord,
  type Examples,
  encodeCheckpoint,
  fit,
  generateDigits,
  leaves,
  maxPooling,
  type NetworkParams,
  network,
  oneHotRows,
  relu,
  rng,
  type Split,
  softmaxCrossEntropy,
} from "paramat";

export interface TrainedInPage {
  readonly stoppedBy: string;
  readonly losses: readonly number[];
  readonly validationLosses: readonly (number | undefined)[];
  readonly reported: { readonly batches: readonly BatchProgress[]; readonly epochs: readonly EpochRecord[]; readonly closed: number };
  /** How often a timer of the page got its turn meanwhile. */
  readonly turns: number;
  /** Largest difference between the parameters and those of a run that was broken off after an epoch and resumed. */
  readonly resumedDifference: number;
}

const EPOCHS = 4;

/** Trains a small network on generated digits in float32; again with an interruption. */
export async function trainInPage(): Promise<TrainedInPage> {
  const batches: BatchProgress[] = [];
  const epochs: EpochRecord[] = [];
  const count = { closed: 0, turns: 0 };
  const timer = setInterval(() => {
    count.turns += 1;
  }, 1);
  const whole = await fit({
    ...task(),
    epochs: EPOCHS,
    reporter: {
      batch: (progress) => void batches.push(progress),
      epoch: (record) => void epochs.push(record),
      message: () => {},
      close: () => {
        count.closed += 1;
      },
    },
  });
  clearInterval(timer);

  const store = memoryStore();
  await fit({ ...task(), epochs: 1, checkpoint: { store } });
  const resumed = await fit({ ...task(), epochs: EPOCHS, checkpoint: { store }, resume: true });
  const others = leaves(resumed.params).map((leaf) => leaf.toArray());
  const differences = leaves(whole.params).flatMap((leaf, i) => Array.from(leaf.toArray(), (value, j) => Math.abs(value - others[i]![j]!)));
  return {
    stoppedBy: whole.stoppedBy,
    losses: whole.history.map((record) => record.trainLoss),
    validationLosses: whole.history.map((record) => record.validationLoss),
    reported: { batches, epochs, closed: count.closed },
    turns: count.turns,
    resumedDifference: Math.max(...differences),
  };
}

function task() {
  const backend = cpu("float32");
  const { train, test } = generateDigits({ train: 300, test: 100, size: 12, seed: 2 });
  const layers = [conv({ channels: 4, kernel: 3 }), activation(relu, "relu"), maxPooling({ window: 2 }), dense(10)];
  const net = network(layers, { inShape: [12, 12, 1] });
  return {
    params: net.init(rng(1), backend),
    objective: (params: NetworkParams, batch: Batch) => softmaxCrossEntropy(net.forward(params, batch.inputs), batch.targets),
    optimizer: adam({ learningRate: 0.01 }),
    train: examples(train),
    validation: examples(test),
    batchSize: 32,
    rng: rng(4),
    backend,
  };
}

function examples({ size, images, labels }: Split): Examples {
  return { size, inputs: images, inputShape: [12, 12, 1], targets: oneHotRows(labels, 10), targetShape: [10] };
}

/** Holds the bytes of one checkpoint, as a database of the browser would. */
function memoryStore(): CheckpointStore {
  const kept: { bytes: Uint8Array | null } = { bytes: null };
  return {
    name: "memory",
    save: async (checkpoint) => {
      kept.bytes = await encodeCheckpoint(checkpoint);
    },
    load: async (backend) => kept.bytes && decodeCheckpoint(kept.bytes, backend, "memory"),
  };
}
