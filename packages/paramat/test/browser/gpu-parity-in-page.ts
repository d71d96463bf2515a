import { type Backend, type Buffer, call, cpu, input } from "@paramat/backends";
import {
  activation,
  conv,
  dense,
  flatten,
  generateDigits,
  leaves,
  maxPooling,
  type NetworkParams,
  ndarray,
  network,
  oneHotRows,
  rng,
  softmaxCrossEntropy,
  tanh,
  valueAndGrad,
} from "paramat";
import { gpu } from "paramat/gpu";

/** How far a computation on the GPU is from the same in float64 on the CPU: largest difference, in parts of the largest entry. */
export interface Parity {
  readonly what: string;
  readonly webgl2: number;
  readonly webgpu: number;
}

export interface ParityReport {
  readonly executedOn: readonly string[];
  readonly rows: readonly Parity[];
}

/** Numbers of a computation, from float32 numbers that are the same on every backend. */
type Computation = (backend: Backend) => Promise<readonly ArrayLike<number>[]>;

export async function gpuParityInPage(): Promise<ParityReport> {
  const [webgl2, webgpu] = [await gpu({ mode: "webgl2" }), await gpu({ mode: "webgpu" })];
  const rows: Parity[] = [];
  for (const [what, run] of computations) {
    const wanted = await run(cpu("float64"));
    rows.push({ what, webgl2: difference(await run(webgl2), wanted), webgpu: difference(await run(webgpu), wanted) });
  }
  const executedOn = [webgl2.executedOn, webgpu.executedOn];
  await webgl2.destroy();
  await webgpu.destroy();
  return { executedOn, rows };
}

/** The largest over the arrays of max |a − b| / max |b|. */
function difference(found: readonly ArrayLike<number>[], wanted: readonly ArrayLike<number>[]): number {
  const parts = wanted.map((b, k) => {
    const a = found[k]!;
    let [apart, largest] = [0, 0];
    for (let i = 0; i < b.length; i++) {
      apart = Math.max(apart, Math.abs(a[i]! - b[i]!));
      largest = Math.max(largest, Math.abs(b[i]!));
    }
    return largest === 0 ? apart : apart / largest;
  });
  return Math.max(...parts);
}

function kernel(run: (backend: Backend, normal: (count: number) => Buffer) => Buffer): Computation {
  return async (backend) => {
    const numbers = rng(5);
    const normal = (count: number) => backend.upload(Float32Array.from({ length: count }, () => numbers.normal()));
    return [await backend.read(run(backend, normal))];
  };
}

const view = (buffer: Buffer, ...strides: readonly number[]) => ({ buffer, offset: 0, strides });
const formula = call("add", call("mul", call("tanh", input(0)), input(1)), call("exp", call("neg", call("mul", input(0), input(0)))));
const geometry = {
  examples: 4,
  grid: [14, 14],
  kernel: [5, 5],
  stride: [1, 1],
  dilation: [1, 1],
  groups: 1,
  channelsIn: 6,
  channelsOut: 16,
};
const [THETA, Y, Z] = [25 * 6 * 16, 4 * 14 * 14 * 6, 4 * 10 * 10 * 16];
const windows = { examples: 4, grid: [14, 14], window: [2, 2], stride: [2, 2], padLow: [0, 0], padHigh: [0, 0], channels: 6 };
const scattered = { outer: 3, size: 50, inner: 7, count: 200 };
const positions = (backend: Backend) => backend.uploadIndex(Array.from({ length: 200 }, (_, k) => ((k * 37) % 51) - 1));
const [SIGNAL, HALF] = [40, 21];
/** A band of five diagonals, 80 × 100. */
const pattern = bandPattern(80, 100);

const computations: readonly (readonly [string, Computation])[] = [
  ["map", kernel((b, normal) => b.map(formula, [60, 80], [view(normal(4800), 80, 1), view(normal(4800), 1, 60)]))],
  [
    "place",
    kernel((b, normal) =>
      b.place(
        [40, 40],
        [0, 3, 700].map((offset) => ({ source: view(normal(300), 20, 1), shape: [15, 20], offset, strides: [40, 1] })),
      ),
    ),
  ],
  ["reduce sum", kernel((b, normal) => b.reduce("sum", [10, 10_000], [1], normal(100_000)))],
  ["reduce max", kernel((b, normal) => b.reduce("max", [100, 100], [0], normal(10_000)))],
  ["reduce min", kernel((b, normal) => b.reduce("min", [100, 100], [0], normal(10_000)))],
  ["reduce argmax", kernel((b, normal) => b.reduce("argmax", [100, 100], [1], normal(10_000)))],
  ["scan", kernel((b, normal) => b.scan(2, 4000, 3, false, normal(24_000)))],
  [
    "contract, k = 64",
    kernel((b, normal) => b.contract({ batch: [], m: 64, n: 64, k: 64 }, view(normal(4096), 64, 1), view(normal(4096), 64, 1))),
  ],
  [
    "contract, k = 3000",
    kernel((b, normal) => b.contract({ batch: [], m: 8, n: 8, k: 3000 }, view(normal(24_000), 3000, 1), view(normal(24_000), 8, 1))),
  ],
  ["convolve apply", kernel((b, normal) => b.convolve("apply", geometry, normal(THETA), normal(Y)))],
  ["convolve applyTranspose", kernel((b, normal) => b.convolve("applyTranspose", geometry, normal(THETA), normal(Z)))],
  ["convolve jacobianTranspose", kernel((b, normal) => b.convolve("jacobianTranspose", geometry, normal(Y), normal(Z)))],
  ["sparse apply", kernel((b, normal) => b.sparse("apply", pattern, 5, normal(pattern.rows.length), normal(500)))],
  ["sparse applyTranspose", kernel((b, normal) => b.sparse("applyTranspose", pattern, 5, normal(pattern.rows.length), normal(400)))],
  ["sparse jacobianTranspose", kernel((b, normal) => b.sparse("jacobianTranspose", pattern, 5, normal(500), normal(400)))],
  ["gather", kernel((b, normal) => b.gather(scattered, normal(3 * 50 * 7), positions(b)))],
  ["scatterAdd", kernel((b, normal) => b.scatterAdd(scattered, normal(3 * 200 * 7), positions(b)))],
  [
    "argmaxWindows",
    kernel((b, normal) => {
      const y = normal(Y);
      return b.gather({ outer: 1, size: Y, inner: 1, count: Y / 4 }, y, b.argmaxWindows(windows, y));
    }),
  ],
  ["fft, n = 512", kernel((b, normal) => b.fft([4, 512], [1], false, normal(4096)))],
  ["fft, n = 499", kernel((b, normal) => b.fft([4, 499], [1], false, normal(3992)))],
  ["fft, 60 × 48", kernel((b, normal) => b.fft([60, 48], [0, 1], true, normal(5760)))],
  [
    "mapReduce",
    kernel((b, normal) => {
      const views = [view(normal(4800), 80, 1), view(normal(4800), 1, 60)];
      return b.fused?.mapReduce("sum", formula, [60, 80], [1], views) ?? b.reduce("sum", [60, 80], [1], b.map(formula, [60, 80], views));
    }),
  ],
  [
    "mapArgmaxWindows",
    kernel((b, normal) => {
      const y = normal(Y);
      const views = [view(y, 1176, 84, 6, 1)];
      const square = call("mul", input(0), input(0));
      const at = b.fused?.mapArgmaxWindows(windows, square, views) ?? b.argmaxWindows(windows, b.map(square, [4, 14, 14, 6], views));
      return b.gather({ outer: 1, size: Y, inner: 1, count: Y / 4 }, y, at);
    }),
  ],
  ["realFft, n = 40", kernel((b, normal) => realFft(b, normal(3 * SIGNAL)))],
  ["realFilter, n = 40", kernel((b, normal) => realFilter(b, normal(3 * SIGNAL), normal(2 * HALF)))],
  ["a step of LeNet: loss and gradients", lenetStep],
];

/** Convolution, pooling, convolution, pooling and two dense layers on generated digits. */
async function lenetStep(backend: Backend): Promise<readonly ArrayLike<number>[]> {
  const [count, side] = [16, 20];
  const { train } = generateDigits({ train: count, test: 1, size: side, seed: 2 });
  const layers = [
    conv({ channels: 6, kernel: 5 }),
    activation(tanh),
    maxPooling({ window: 2 }),
    conv({ channels: 16, kernel: 5 }),
    activation(tanh),
    maxPooling({ window: 2 }),
    flatten(),
    dense(60),
    activation(tanh),
    dense(10),
  ];
  const net = network(layers, { inShape: [side, side, 1] });
  const images = ndarray(backend, Float32Array.from(train.images), [count, side, side, 1]);
  const classes = ndarray(backend, oneHotRows(train.labels, 10), [count, 10]);
  const { value, gradient } = valueAndGrad((params: NetworkParams) =>
    softmaxCrossEntropy(net.forward(params, images, { training: true }), classes),
  )(net.init(rng(1), backend));
  return Promise.all([value, ...leaves(gradient)].map((leaf) => leaf.read()));
}

/** On three signals; by the definition where the backend has no such kernel. */
function realFft(backend: Backend, signals: Buffer): Buffer {
  if (backend.fused) return backend.fused.realFft([3, SIGNAL], [1], false, signals);
  const x = backend.readSync!(signals);
  const sums = (part: (angle: number) => number) =>
    Array.from({ length: 3 * HALF }, (_, at) => {
      const [row, k] = [Math.floor(at / HALF), at % HALF];
      let sum = 0;
      for (let t = 0; t < SIGNAL; t++) sum += x[row * SIGNAL + t]! * part((2 * Math.PI * ((k * t) % SIGNAL)) / SIGNAL);
      return sum;
    });
  return backend.upload([...sums(Math.cos), ...sums((angle) => -Math.sin(angle))]);
}

function realFilter(backend: Backend, signals: Buffer, spectrum: Buffer): Buffer {
  if (backend.fused) return backend.fused.realFilter([3, SIGNAL], [1], false, signals, spectrum);
  const [transformed, factor] = [backend.readSync!(realFft(backend, signals)), backend.readSync!(spectrum)];
  const filtered = Array.from({ length: 3 * SIGNAL }, (_, at) => {
    const [row, t] = [Math.floor(at / SIGNAL), at % SIGNAL];
    let sum = 0;
    for (let k = 0; k < HALF; k++) {
      const [re, im, a, b] = [transformed[row * HALF + k]!, transformed[(3 + row) * HALF + k]!, factor[k]!, factor[HALF + k]!];
      const angle = (2 * Math.PI * ((k * t) % SIGNAL)) / SIGNAL;
      // The frequencies between stand for their conjugates too; those at the ends are real.
      const isEnd = k === 0 || k === HALF - 1;
      sum += (isEnd ? 1 : 2) * ((re * a - im * b) * Math.cos(angle) - (isEnd ? 0 : re * b + im * a) * Math.sin(angle));
    }
    return sum / SIGNAL;
  });
  return backend.upload(filtered);
}

function bandPattern(numRows: number, numCols: number) {
  const entries = Array.from({ length: numRows }, (_, row) => [-2, -1, 0, 1, 2].map((shift) => [row, row + shift] as const))
    .flat()
    .filter(([, col]) => col >= 0 && col < numCols);
  return { numRows, numCols, rows: Int32Array.from(entries, ([row]) => row), cols: Int32Array.from(entries, ([, col]) => col) };
}
