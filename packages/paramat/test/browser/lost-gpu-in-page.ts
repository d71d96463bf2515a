import { call, input } from "@paramat/backends";
import {
  activation,
  adam,
  type Batch,
  type CheckpointStore,
  decodeCheckpoint,
  dense,
  type Examples,
  encodeCheckpoint,
  fit,
  flatten,
  generateDigits,
  type NetworkParams,
  network,
  oneHotRows,
  relu,
  rng,
  softmaxCrossEntropy,
} from "paramat";
import { type GpuBackend, type GpuMode, gpu } from "paramat/gpu";
import { watchGpu } from "./lose-gpu.js";

export interface LostGpu {
  readonly mode: GpuMode;
  /** What is said of reading what was there before, of a kernel and of an upload. */
  readonly read: string;
  readonly next: string;
  readonly upload: string;
  /** 1 + 1 on a new device. */
  readonly anew: number;
  /** What `fit` says that is broken off in its second epoch. */
  readonly broken: string;
  /** Losses of the run that goes on from the checkpoint, and of one that is not broken off. */
  readonly resumed: readonly number[];
  readonly whole: readonly number[];
}

export async function lostGpuInPage(): Promise<readonly LostGpu[]> {
  const lose = watchGpu();
  const found: LostGpu[] = [];
  for (const mode of ["webgl2", "webgpu"] as const) found.push(await loseAndGoOn(mode, () => lose(mode)));
  return found;
}

async function loseAndGoOn(mode: GpuMode, lose: () => Promise<void>): Promise<LostGpu> {
  const doubled = async (backend: GpuBackend): Promise<number> => (await backend.read(doubledOn(backend)))[0]!;
  const doubledOn = (backend: GpuBackend) =>
    backend.map(call("add", input(0), input(0)), [1], [{ buffer: backend.upload([1]), offset: 0, strides: [1] }]);
  const first = await gpu({ mode });
  const before = doubledOn(first);
  await lose();
  const [read, next, upload] = [
    await messageOf(() => first.read(before)),
    await messageOf(() => doubled(first)),
    await messageOf(async () => first.read(first.upload([1, 2]))),
  ];
  const second = await gpu({ mode });
  const anew = await doubled(second);

  const store = memoryStore();
  const broken = await messageOf(() => fit({ ...task(second), epochs: 3, checkpoint: { store }, reporter: losingAt(2, lose) }));
  const third = await gpu({ mode });
  const resumed = await fit({ ...task(third), epochs: 3, checkpoint: { store }, resume: true });
  const whole = await fit({ ...task(third), epochs: 3 });
  const losses = ({ history }: typeof whole): readonly number[] => history.map(({ trainLoss }) => trainLoss);
  await third.destroy();
  return { mode, read, next, upload, anew, broken, resumed: losses(resumed), whole: losses(whole) };
}

function losingAt(epoch: number, lose: () => Promise<void>) {
  return {
    batch: (progress: { readonly epoch: number; readonly batch: number }) =>
      progress.epoch === epoch && progress.batch === 2 ? void lose() : undefined,
    epoch: () => {},
    message: () => {},
    close: () => {},
  };
}

const SIDE = 8;

function task(backend: GpuBackend) {
  const { train } = generateDigits({ train: 120, test: 10, size: SIDE, seed: 2 });
  const examples: Examples = {
    size: train.size,
    inputs: train.images,
    inputShape: [SIDE, SIDE, 1],
    targets: oneHotRows(train.labels, 10),
    targetShape: [10],
  };
  const net = network([flatten(), dense(12), activation(relu), dense(10)], { inShape: [SIDE, SIDE, 1] });
  return {
    params: net.init(rng(1), backend),
    objective: (params: NetworkParams, batch: Batch) => softmaxCrossEntropy(net.forward(params, batch.inputs), batch.targets),
    optimizer: adam({ learningRate: 0.01 }),
    train: examples,
    batchSize: 30,
    rng: rng(4),
    backend,
  };
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

async function messageOf(body: () => Promise<unknown>): Promise<string> {
  try {
    await body();
    return "nothing was said";
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}
