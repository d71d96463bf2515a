import type { Backend } from "@paramat/backends";
import { add, compile, convolution, matmul, mul, ndarray, type Shape, tanh, type Value, vjp } from "paramat";
import { numbers } from "./numbers.mjs";
import { trainingTask } from "./training-task.js";
import { turned } from "./turned.js";

/** A workload of works.json, by what Paramat needs of it. */
export type WorkSpec =
  | { readonly kind: "matmul"; readonly n: number }
  | ConvSpec
  | TrainingSpec
  | { readonly kind: "circular"; readonly examples: number; readonly side: number }
  | { readonly kind: "tanh"; readonly n: number };

interface ConvSpec {
  readonly kind: "conv";
  readonly examples: number;
  readonly side: number;
  readonly channelsIn: number;
  readonly channelsOut: number;
  readonly kernel: number;
  readonly pass: "forward" | "all";
}

interface TrainingSpec {
  readonly kind: "training";
  readonly examples: number;
  readonly learningRate: number;
  readonly momentum: number;
}

/** A workload with its arguments on a backend. */
export interface ParamatTask {
  /** Does the work once and waits for it. */
  run(): void;
  /** Does the work once without waiting: its results, on the backend. */
  start(): readonly Value[];
  /** What the next run needs of the last one. */
  held(): unknown;
  /** The numbers to compare. */
  results(): Promise<readonly ArrayLike<number>[]>;
}

/** The workload as Paramat's users write it. Kernels of the workloads correlate; Paramat convolves, so they are turned round on the way in and out. */
export function paramatTask(backend: Backend, spec: WorkSpec): ParamatTask {
  const array = (values: ArrayLike<number>, shape: Shape): Value => ndarray(backend, values, shape);
  switch (spec.kind) {
    case "matmul":
      return compiledTask((a, b) => [matmul(a, b)], ...[1, 2].map((seed) => array(numbers(spec.n ** 2, seed), [spec.n, spec.n])));
    case "conv":
      return convTask(array, spec);
    case "training":
      return trainingSteps(backend, spec);
    case "circular":
      return circularTask(array, spec.examples, spec.side);
    case "tanh":
      return compiledTask(tanhAndGradients, ...[1, 2, 3, 4].map((seed) => array(numbers(spec.n, seed), [spec.n])));
  }
}

type ToArray = (values: ArrayLike<number>, shape: Shape) => Value;

/** A compiled function of fixed arguments. */
function compiledTask(f: (...args: Value[]) => readonly Value[], ...args: readonly Value[]): ParamatTask {
  const compiled = compile(f);
  const { backend } = args[0] as Value;
  return {
    run: () => void backend.scope(() => void compiled(...args)),
    start: () => compiled(...args),
    held: () => [],
    results: () => Promise.all(compiled(...args).map((x) => x.read())),
  };
}

function convTask(array: ToArray, { examples, side, channelsIn, channelsOut, kernel, pass }: ConvSpec): ParamatTask {
  const K = convolution([side, side, channelsIn], { channels: channelsOut, kernel, boundary: "zero" });
  const shape = [kernel, kernel, channelsIn, channelsOut];
  const theta = array(turned(numbers(kernel * kernel * channelsIn * channelsOut, 2), shape), shape);
  const y = array(numbers(examples * side * side * channelsIn, 1), [examples, side, side, channelsIn]);
  if (pass === "forward") return compiledTask((t, x) => [K.apply(t, x)], theta, y);
  const ct = array(numbers(examples * side * side * channelsOut, 3), [examples, side, side, channelsOut]);
  const all = (t: Value, x: Value, z: Value) => {
    const { value, pullback } = vjp(([u, v]: readonly [Value, Value]) => K.apply(u, v), [t, x] as const);
    const [dTheta, dy] = pullback(z);
    return [value, dy, dTheta];
  };
  const task = compiledTask(all, theta, y, ct);
  return {
    ...task,
    async results() {
      const [z, dy, dTheta] = (await task.results()) as [Float64Array, Float64Array, Float64Array];
      return [z, dy, turned(dTheta, shape)];
    },
  };
}

function trainingSteps(backend: Backend, spec: TrainingSpec): ParamatTask {
  const training = trainingTask(backend, spec);
  return {
    run: () => void training.step(),
    start: () => [training.advance()],
    held: () => training.state(),
    async results() {
      const fresh = trainingTask(backend, spec);
      const losses: number[] = [];
      for (let step = 0; step < 3; step++) losses.push(...(await fresh.advance().read()));
      return [losses];
    },
  };
}

function circularTask(array: ToArray, examples: number, side: number): ParamatTask {
  const K = convolution([side, side, 1], { channels: 1, kernel: side, boundary: "periodic", path: "fft" });
  // An even kernel's centre is cell ⌊side/2⌋; the workload's is cell 0.
  const values = numbers(side * side, 2);
  const half = side >> 1;
  const theta = Float32Array.from(
    values,
    (_, i) => values[((Math.floor(i / side) + side - half) % side) * side + (((i % side) + side - half) % side)] as number,
  );
  const images = array(numbers(examples * side * side, 1), [examples, side, side, 1]);
  return compiledTask((t, y) => [K.apply(t, y)], array(theta, K.thetaShape), images);
}

function tanhAndGradients(x: Value, a: Value, b: Value, ct: Value): readonly Value[] {
  const { value, pullback } = vjp((p: readonly [Value, Value, Value]) => tanh(add(mul(p[1], p[0]), p[2])), [x, a, b] as const);
  return [value, ...pullback(ct)];
}
