import {
  activation,
  adam,
  argmax,
  compile,
  conv,
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
  type WasmBackend,
  type WasmOptions,
  wasm,
} from "paramat";
import { classesFrom, imagesFrom } from "./digit-batches.js";

export interface TrainedOnWasm {
  readonly executedOn: string;
  /** Threads that have started at the end. */
  readonly threadsRunning: number;
  /** One for each step. */
  readonly losses: readonly number[];
  /** Part of the digits held out that are told right. */
  readonly accuracy: number;
}

/** What every host is asked for. */
export const asked: readonly WasmOptions[] = [
  { precision: "float32", threads: 1 },
  { precision: "float32", threads: 2 },
  { precision: "float64", threads: 1 },
];

/** The same training for each of `asked`. */
export async function trainOnWasm(): Promise<readonly TrainedOnWasm[]> {
  const trained: TrainedOnWasm[] = [];
  for (const options of asked) trained.push(await train(wasm(options)));
  return trained;
}

const [SIDE, BATCH, STEPS, HELD] = [12, 50, 120, 500];

/** Steps of Adam on a small network and generated digits, each loss, gradient and update one compiled program that passes its state on. */
async function train(backend: WasmBackend): Promise<TrainedOnWasm> {
  await startOf(backend);
  const { train: examples, test } = generateDigits({ train: 1500, test: HELD, size: SIDE, seed: 2 });
  const layers = [conv({ channels: 8, kernel: 3 }), activation(relu), maxPooling({ window: 2 }), dense(10)];
  const net = network(layers, { inShape: [SIDE, SIDE, 1] });
  const optimizer = adam({ learningRate: 0.01 });
  const update = compile(
    (params: NetworkParams, state: ReturnType<typeof optimizer.init>, x: Value, c: Value) => {
      const { value, gradient } = valueAndGrad((p: NetworkParams) => softmaxCrossEntropy(net.forward(p, x, { training: true }), c))(params);
      return { value, ...optimizer.step(params, gradient, state) };
    },
    { carry: true },
  );
  const losses: number[] = [];
  let params: NetworkParams = net.init(rng(1), backend);
  let state = optimizer.init(params);
  for (let step = 0; step < STEPS; step++) {
    const from = step * BATCH;
    const images = imagesFrom(backend, examples, SIDE, from, BATCH);
    const next = update(params, state, images, classesFrom(backend, examples, from, BATCH));
    losses.push(next.value.item());
    ({ params, state } = next);
  }
  const guesses = argmax(net.forward(params, imagesFrom(backend, test, SIDE, 0, HELD))).toArray();
  const right = guesses.reduce((count, guess, i) => count + (guess === test.labels[i] ? 1 : 0), 0);
  return { executedOn: backend.executedOn, threadsRunning: backend.threadsRunning(), losses, accuracy: right / HELD };
}

/** Workers start while the thread that asked for them has nothing to do: waits for them, for five seconds at most. */
async function startOf(backend: WasmBackend): Promise<void> {
  for (let i = 0; i < 500 && backend.threadsRunning() < backend.threads; i++) await new Promise((done) => setTimeout(done, 10));
}
