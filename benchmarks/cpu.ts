/**
 * The CPU backend against the obvious loops, kernel by kernel, and one training step: `npm run bench`. Run it with nothing else running; absolute
 * times drift from machine to machine and hour to hour, ratios hold.
 */
import { call, cpu, input, type Precision } from "@paramat/backends";
import {
  activation,
  conv,
  convolve,
  dense,
  grad,
  linearize,
  matmul,
  maxPooling,
  ndarray,
  network,
  relu,
  rng,
  softmaxCrossEntropy,
  type Value,
} from "paramat";
import { type Contender, printTimings, timeInterleaved } from "./interleaved.js";

const rounds = Number(process.argv[2] ?? 7);
const stream = rng(1);
const numbers = (size: number) => Float64Array.from({ length: size }, () => stream.normal());
const precisions: readonly Precision[] = ["float64", "float32"];

function product(n: number): Contender[] {
  const a = numbers(n * n);
  const b = numbers(n * n);
  const out = new Float64Array(n * n);
  const naive = () => {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) {
        let s = 0;
        for (let k = 0; k < n; k++) s += (a[i * n + k] as number) * (b[k * n + j] as number);
        out[i * n + j] = s;
      }
    }
  };
  const ours = precisions.map((precision) => {
    const [left, right] = [a, b].map((x) => ndarray(cpu(precision), x, [n, n])) as [Value, Value];
    return { name: `matmul, ${precision}`, work: 2 * n ** 3, run: () => void matmul(left, right) };
  });
  return [{ name: "three loops, float64", work: 2 * n ** 3, run: naive }, ...ours];
}

function convolution(examples: number, n: number, cin: number, cout: number, k: number): Contender[] {
  const y = numbers(examples * (n + k - 1) ** 2 * cin);
  const theta = numbers(k * k * cin * cout);
  const out = new Float64Array(examples * n * n * cout);
  const w = n + k - 1;
  const naive = () => {
    for (let e = 0; e < examples; e++)
      for (let i = 0; i < n; i++)
        for (let j = 0; j < n; j++)
          for (let o = 0; o < cout; o++) {
            let s = 0;
            for (let p = 0; p < k; p++)
              for (let q = 0; q < k; q++)
                for (let c = 0; c < cin; c++)
                  s +=
                    (theta[((p * k + q) * cin + c) * cout + o] as number) *
                    (y[((e * w + i + k - 1 - p) * w + j + k - 1 - q) * cin + c] as number);
            out[((e * n + i) * n + j) * cout + o] = s;
          }
  };
  const work = 2 * out.length * k * k * cin;
  const ours = precisions.flatMap((precision) => {
    const at = [ndarray(cpu(precision), theta, [k, k, cin, cout]), ndarray(cpu(precision), y, [examples, w, w, cin])];
    const forward = () => convolve(at[0] as Value, at[1] as Value);
    const { applyTranspose, value } = linearize(([t, x]: readonly Value[]) => convolve(t as Value, x as Value), at);
    return [
      { name: `convolve, ${precision}`, work, run: () => void forward() },
      { name: `both gradients, ${precision}`, work: 2 * work, run: () => void applyTranspose(value) },
    ];
  });
  return [{ name: "loops, float64", work, run: naive }, ...ours];
}

function pointwise(size: number): Contender[] {
  const x = numbers(size);
  const out = new Float64Array(size);
  const f = call("tanh", call("add", call("mul", 1.5, input(0)), 0.25));
  const ours = precisions.map((precision) => {
    const backend = cpu(precision);
    const buffer = backend.upload(x);
    return { name: `map, ${precision}`, work: 0, run: () => void backend.map(f, [size], [{ buffer, offset: 0, strides: [1] }]) };
  });
  return [
    {
      name: "loop, float64",
      work: 0,
      run: () => {
        for (let i = 0; i < size; i++) out[i] = Math.tanh(1.5 * (x[i] as number) + 0.25);
      },
    },
    ...ours,
  ];
}

function trainingStep(): Contender[] {
  const net = network(
    [
      conv({ channels: 16, kernel: 5 }),
      activation(relu),
      maxPooling({ window: 2 }),
      conv({ channels: 32, kernel: 5 }),
      activation(relu),
      maxPooling({ window: 2 }),
      dense(10),
    ],
    { inShape: [28, 28, 1] },
  );
  // Convolutions and the classifier, forwards and both gradients; the first layer's input needs none.
  const forward = 2 * 64 * (28 * 28 * 25 * 16 + 14 * 14 * 25 * 16 * 32 + 7 * 7 * 32 * 10);
  const work = 3 * forward - 2 * 64 * 28 * 28 * 25 * 16;
  return precisions.map((precision) => {
    const backend = cpu(precision);
    const params = net.init(rng(1), backend);
    const images = ndarray(backend, numbers(64 * 784), [64, 28, 28, 1]);
    const targets = ndarray(
      backend,
      Float64Array.from({ length: 640 }, (_, i) => (i % 10 === Math.floor(i / 10) % 10 ? 1 : 0)),
      [64, 10],
    );
    const gradient = grad((p: typeof params) => softmaxCrossEntropy(net.forward(p, images), targets));
    return { name: `gradient, ${precision}`, work, run: () => void gradient(params) };
  });
}

console.log(printTimings("matrix product, 256³", timeInterleaved(product(256), rounds)));
console.log(printTimings("\nconvolution, 16 images 28×28, 16 → 32 channels, 3×3", timeInterleaved(convolution(16, 28, 16, 32, 3), rounds)));
console.log(printTimings("\ntanh(ax + b) on 10⁶ entries", timeInterleaved(pointwise(1e6), rounds)));
console.log(
  printTimings(
    "\ngradient of a small CNN, 64 images 28×28, channels 16 and 32, 5×5",
    timeInterleaved(trainingStep(), Math.max(3, rounds >> 1)),
  ),
);
