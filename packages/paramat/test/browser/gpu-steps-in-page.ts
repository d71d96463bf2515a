import { compile, dense, type NetworkParams, ndarray, network, rng, sgd, softmaxCrossEntropy, type Value, valueAndGrad } from "paramat";
import { type GpuActivity, type GpuMode, gpu } from "paramat/gpu";
import { countGpuMemory, type GpuMemory } from "./count-gpu-memory.js";

/** What there is on the device at some step. */
export interface Held {
  readonly step: number;
  readonly activity: Omit<GpuActivity, "toString">;
  readonly memory: GpuMemory;
}

export interface GpuSteps {
  readonly mode: GpuMode;
  readonly held: readonly Held[];
  readonly losses: readonly number[];
  readonly seconds: number;
}

export const STEPS = 10_000;
const [EXAMPLES, FEATURES, CLASSES] = [8, 6, 3];

/** Ten thousand compiled steps of training on fresh batches, with what is held on the device now and then. */
export async function gpuStepsInPage(): Promise<readonly GpuSteps[]> {
  const memory = countGpuMemory();
  const found: GpuSteps[] = [];
  for (const mode of ["webgl2", "webgpu"] as const) found.push(await stepsOn(mode, memory));
  return found;
}

async function stepsOn(mode: GpuMode, memory: () => GpuMemory): Promise<GpuSteps> {
  const backend = await gpu({ mode });
  const net = network([dense(CLASSES)], { inShape: [FEATURES] });
  const optimizer = sgd({ learningRate: 0.05 });
  const update = compile((params: NetworkParams, state: ReturnType<typeof optimizer.init>, x: Value, c: Value) => {
    const { value, gradient } = valueAndGrad((p: NetworkParams) => softmaxCrossEntropy(net.forward(p, x), c))(params);
    return { value, ...optimizer.step(params, gradient, state) };
  });
  const region = backend.region();
  const numbers = rng(3);
  const features = Array.from({ length: 4 }, () =>
    Float32Array.from({ length: EXAMPLES * FEATURES }, (_, i) => numbers.normal() + 3 * indicator(Math.floor(i / FEATURES), i % FEATURES)),
  );
  const classes = Float32Array.from({ length: EXAMPLES * CLASSES }, (_, i) => indicator(Math.floor(i / CLASSES), i % CLASSES));
  let { params, state } = region.run(() => {
    const start = net.init(rng(1), backend);
    return { params: start, state: optimizer.init(start) };
  });
  const held: Held[] = [];
  const losses: number[] = [];
  const start = performance.now();
  for (let step = 1; step <= STEPS; step++) {
    const next = region.run(() =>
      update(params, state, ndarray(backend, features[step % 4]!, [EXAMPLES, FEATURES]), ndarray(backend, classes, [EXAMPLES, CLASSES])),
    );
    ({ params, state } = next);
    region.keepOnly(next);
    if (step % 10 !== 0) continue;
    const loss = await next.value.read();
    if (step % 1000 === 0 || step <= 200) {
      losses.push(loss[0]!);
      const { toString: _, ...activity } = backend.activity();
      held.push({ step, activity, memory: memory() });
    }
  }
  const seconds = (performance.now() - start) / 1000;
  await backend.destroy();
  return { mode, held, losses, seconds };
}

/** Whether a column is the class of an example. */
function indicator(example: number, column: number): number {
  return example % CLASSES === column ? 1 : 0;
}
