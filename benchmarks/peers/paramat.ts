/**
 * Paramat itself, as its users write it: tsx peers/paramat.ts cpu|wasm THREADS [fma]. With `fma`, relaxed SIMD is switched on in a Node that has it behind
 * a flag only. Kernels of the workloads correlate; Paramat convolves, so they are turned round on the way in and out.
 */
import { setFlagsFromString } from "node:v8";
import { cpu } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { add, compile, convolution, matmul, mul, ndarray, type Shape, tanh, type Value, vjp } from "paramat";
import { fingerprint, numbers } from "../works/numbers.mjs";
import { trainingTask } from "../works/training-task.js";
import { turned } from "../works/turned.js";
import { serve } from "./serve.mjs";

const [mode = "wasm", threads = "1", fma] = process.argv.slice(2);
if (fma === "fma") setFlagsFromString("--experimental-wasm-relaxed-simd");
const backend = mode === "cpu" ? cpu("float32") : wasm({ precision: "float32", threads: Number(threads) });
const array = (values: ArrayLike<number>, shape: Shape): Value => ndarray(backend, values, shape);

/** A compiled function of fixed arguments; each run ends with its results in memory. */
function task<A extends readonly Value[]>(f: (...args: A) => readonly Value[], ...args: A) {
  const compiled = compile(f);
  return {
    run: () => void backend.scope(() => void compiled(...args)),
    results: async () => compiled(...args).map((x) => x.toArray()),
  };
}

interface ConvSpec {
  readonly examples: number;
  readonly side: number;
  readonly channelsIn: number;
  readonly channelsOut: number;
  readonly kernel: number;
  readonly pass: "forward" | "all";
}

const makers = {
  matmul({ n }: { n: number }) {
    return task((a, b) => [matmul(a, b)], array(numbers(n * n, 1), [n, n]), array(numbers(n * n, 2), [n, n]));
  },
  conv({ examples, side, channelsIn, channelsOut, kernel, pass }: ConvSpec) {
    const K = convolution([side, side, channelsIn], { channels: channelsOut, kernel, boundary: "zero" });
    const shape = [kernel, kernel, channelsIn, channelsOut];
    const theta = array(turned(numbers(kernel * kernel * channelsIn * channelsOut, 2), shape), shape);
    const y = array(numbers(examples * side * side * channelsIn, 1), [examples, side, side, channelsIn]);
    const ct = array(numbers(examples * side * side * channelsOut, 3), [examples, side, side, channelsOut]);
    if (pass === "forward") return task((t, x) => [K.apply(t, x)], theta, y);
    const all = task(
      (t, x, z) => {
        const { value, pullback } = vjp(([u, v]: readonly [Value, Value]) => K.apply(u, v), [t, x] as const);
        const [dTheta, dy] = pullback(z);
        return [value, dy, dTheta];
      },
      theta,
      y,
      ct,
    );
    return {
      ...all,
      results: async () => {
        const [z, dy, dTheta] = (await all.results()) as [Float64Array, Float64Array, Float64Array];
        return [z, dy, turned(dTheta, shape)];
      },
    };
  },
  training(spec: { examples: number; learningRate: number; momentum: number }) {
    const state = trainingTask(backend, spec);
    return {
      run: () => void state.step(),
      results: async () => {
        const fresh = trainingTask(backend, spec);
        return [Float64Array.from({ length: 3 }, () => fresh.step())];
      },
    };
  },
  circular({ examples, side }: { examples: number; side: number }) {
    const K = convolution([side, side, 1], { channels: 1, kernel: side, boundary: "periodic", path: "fft" });
    // An even kernel's centre is cell ⌊side/2⌋; the workload's is cell 0.
    const values = numbers(side * side, 2);
    const half = side >> 1;
    const theta = array(
      Float32Array.from(
        values,
        (_, i) => values[((Math.floor(i / side) + side - half) % side) * side + (((i % side) + side - half) % side)] as number,
      ),
      K.thetaShape,
    );
    return task((t, y) => [K.apply(t, y)], theta, array(numbers(examples * side * side, 1), [examples, side, side, 1]));
  },
  tanh({ n }: { n: number }) {
    const [x, a, b, ct] = [1, 2, 3, 4].map((seed) => array(numbers(n, seed), [n])) as [Value, Value, Value, Value];
    return task(
      (y, scale, shift, z) => {
        const { value, pullback } = vjp((p: readonly [Value, Value, Value]) => tanh(add(mul(p[1], p[0]), p[2])), [
          y,
          scale,
          shift,
        ] as const);
        return [value, ...pullback(z)];
      },
      x,
      a,
      b,
      ct,
    );
  },
};

await serve({
  version: "0.1.0",
  make: (spec: { readonly kind: keyof typeof makers }) => makers[spec.kind]?.(spec as never),
  fingerprint,
});
