import type { Backend } from "@paramat/backends";
import {
  activation,
  adam,
  argmax,
  compile,
  conv,
  cpu,
  dense,
  generateDigits,
  maxPooling,
  type NetworkParams,
  network,
  relu,
  rng,
  softmaxCrossEntropy,
  type Value,
  valueAndGrad,
} from "paramat";
import { type GpuActivity, gpu } from "paramat/gpu";
import { classesFrom, imagesFrom } from "./digit-batches.js";

export interface TrainedOnGpu {
  readonly executedOn: string;
  readonly losses: readonly number[];
  readonly accuracy: number;
  /** Kernels run in a step that is compiled, and in one that is not. */
  readonly launches: { readonly compiled: number; readonly eager: number };
  /** Of one compiled step whose loss is read. */
  readonly uploads: number;
  readonly reads: number;
  readonly activity: string;
}

const [SIDE, BATCH, STEPS, HELD] = [16, 32, 80, 300];

/** Steps of Adam on a small network and generated digits: on the GPU in both modes of pages. */
export async function trainOnGpu(): Promise<readonly TrainedOnGpu[]> {
  const trained: TrainedOnGpu[] = [];
  for (const mode of ["webgl2", "webgpu"] as const) {
    const backend = await gpu({ mode });
    const count = <K extends "launches" | "uploads" | "reads">(what: K): GpuActivity[K] => backend.activity()[what];
    const counts = { compiled: 0, eager: 0, uploads: 0, reads: 0 };
    const { losses, accuracy } = await train(backend, async (step, run, isCompiled) => {
      const before = { launches: count("launches"), uploads: count("uploads"), reads: count("reads") };
      await run();
      if (!isCompiled) counts.eager = count("launches") - before.launches;
      else if (step === STEPS - 1) {
        counts.compiled = count("launches") - before.launches;
        counts.uploads = count("uploads") - before.uploads;
        counts.reads = count("reads") - before.reads;
      }
    });
    const { compiled, eager, uploads, reads } = counts;
    trained.push({
      executedOn: backend.executedOn,
      losses,
      accuracy,
      launches: { compiled, eager },
      uploads,
      reads,
      activity: String(backend.activity()),
    });
    await backend.destroy();
  }
  return trained;
}

/** The same without a GPU, in float64. */
export function trainOnCpu(): Promise<{ readonly losses: readonly number[]; readonly accuracy: number }> {
  return train(cpu("float64"), (_, run) => run());
}

async function train(
  backend: Backend,
  around: (step: number, run: () => Promise<void>, isCompiled: boolean) => Promise<void>,
): Promise<{ readonly losses: readonly number[]; readonly accuracy: number }> {
  const { train: examples, test } = generateDigits({ train: 960, test: HELD, size: SIDE, seed: 2 });
  const layers = [conv({ channels: 6, kernel: 3 }), activation(relu), maxPooling({ window: 2 }), dense(10)];
  const net = network(layers, { inShape: [SIDE, SIDE, 1] });
  const optimizer = adam({ learningRate: 0.03 });
  const step = (params: NetworkParams, state: ReturnType<typeof optimizer.init>, x: Value, c: Value) => {
    const { value, gradient } = valueAndGrad((p: NetworkParams) => softmaxCrossEntropy(net.forward(p, x, { training: true }), c))(params);
    return { value, ...optimizer.step(params, gradient, state) };
  };
  const compiled = compile(step);
  const losses: number[] = [];
  let params: NetworkParams = net.init(rng(1), backend);
  let state = optimizer.init(params);
  const batch = (from: number) => [imagesFrom(backend, examples, SIDE, from, BATCH), classesFrom(backend, examples, from, BATCH)] as const;
  for (let at = 0; at < STEPS; at++) {
    await around(
      at,
      async () => {
        const next = compiled(params, state, ...batch(at * BATCH));
        losses.push((await next.value.read())[0]!);
        ({ params, state } = next);
      },
      true,
    );
  }
  await around(STEPS, async () => void (await step(params, state, ...batch(0)).value.read()), false);
  const guesses = await argmax(net.forward(params, imagesFrom(backend, test, SIDE, 0, HELD))).read();
  const right = guesses.reduce((count, guess, i) => count + (guess === test.labels[i] ? 1 : 0), 0);
  return { losses, accuracy: right / HELD };
}
