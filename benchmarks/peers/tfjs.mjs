/**
 * TensorFlow.js beside Paramat: node tfjs.mjs cpu|wasm THREADS. Its WASM backend has no gradient of a convolution in the weights
 * (Conv2DBackpropFilter is not registered), so the fastest way around that we found stands in: both gradients as forward convolutions and products.
 */
import { createRequire } from "node:module";
import path from "node:path";
import { fingerprint, initial, numbers, parameters, targets } from "../works/numbers.mjs";
import { serve } from "./serve.mjs";

const [mode = "cpu", threads = "1"] = process.argv.slice(2);
const isWasm = mode === "wasm";
if (isWasm && Number(threads) > 1) await import("./tfjs-threads.mjs");
const require = createRequire(import.meta.url);
const tf = require("@tensorflow/tfjs");
if (isWasm) {
  const wasm = require("@tensorflow/tfjs-backend-wasm");
  wasm.setWasmPaths(`${path.dirname(require.resolve("@tensorflow/tfjs-backend-wasm"))}/`);
  if (Number(threads) > 1) {
    tf.env().set("WASM_HAS_MULTITHREAD_SUPPORT", true);
    wasm.setThreadsCount(Number(threads));
  }
}
await tf.setBackend(mode);
await tf.ready();

const plainConv = (x, w) => tf.conv2d(x, w, 1, "same");
const wasmConv = tf.customGrad((x, w, save) => {
  save([x, w]);
  return {
    value: plainConv(x, w),
    gradFunc: (ct, [y, kernel]) => [
      plainConv(ct, tf.transpose(tf.reverse(kernel, [0, 1]), [0, 1, 3, 2])),
      kernelGradient(y, ct, kernel.shape[0]),
    ],
  };
});
const conv = isWasm ? wasmConv : plainConv;
/** The first layer's input needs no gradient. */
const firstConv = isWasm
  ? tf.customGrad((x, w, save) => {
      save([x, w]);
      return { value: plainConv(x, w), gradFunc: (ct, [y, kernel]) => [tf.zerosLike(y), kernelGradient(y, ct, kernel.shape[0])] };
    })
  : plainConv;

function kernelGradient(y, ct, k) {
  const [examples, height, width, channels] = y.shape;
  const half = k >> 1;
  const border = [half, half];
  const turned = tf.transpose(tf.pad(y, [[0, 0], border, border, [0, 0]]), [3, 0, 1, 2]);
  const shifted = Array.from({ length: k * k }, (_, tap) =>
    tf
      .slice(turned, [0, 0, Math.floor(tap / k), tap % k], [channels, examples, height, width])
      .reshape([channels, examples * height * width]),
  );
  const columns = ct.reshape([examples * height * width, ct.shape[3]]);
  return tf.matMul(tf.concat(shifted, 0), columns).reshape([k, k, channels, ct.shape[3]]);
}

/** A task from a function to tensors: reading them is what waits for the work. Nothing may be returned from `tidy`, which walks through arrays entry by entry. */
function task(compute) {
  const results = () => {
    let read = [];
    tf.tidy(() => {
      read = compute().map((t) => t.dataSync());
    });
    return read;
  };
  return { run: () => void results(), results: () => results().map((values) => values.slice()) };
}

const makers = {
  matmul({ n }) {
    const [a, b] = [1, 2].map((seed) => tf.tensor2d(numbers(n * n, seed), [n, n]));
    return task(() => [tf.matMul(a, b)]);
  },
  conv({ examples, side, channelsIn, channelsOut, kernel, pass }) {
    const x = tf.tensor4d(numbers(examples * side * side * channelsIn, 1), [examples, side, side, channelsIn]);
    const w = tf.tensor4d(numbers(kernel * kernel * channelsIn * channelsOut, 2), [kernel, kernel, channelsIn, channelsOut]);
    const ct = tf.tensor4d(numbers(examples * side * side * channelsOut, 3), [examples, side, side, channelsOut]);
    if (pass === "forward") return task(() => [plainConv(x, w)]);
    const gradients = tf.valueAndGrads((y, kernels) => conv(y, kernels));
    return task(() => {
      const { value, grads } = gradients([x, w], ct);
      return [value, ...grads];
    });
  },
  training({ examples, learningRate, momentum }) {
    const x = tf.tensor4d(numbers(examples * 784, 1), [examples, 28, 28, 1]);
    const y = tf.tensor2d(targets(examples), [examples, 10]);
    const start = () => {
      const p = Object.fromEntries(Object.entries(parameters).map(([name, of]) => [name, tf.variable(tf.tensor(initial(of), of.shape))]));
      return { p, optimizer: tf.train.momentum(learningRate, momentum) };
    };
    const step = ({ p, optimizer }) => {
      const loss = optimizer.minimize(
        () => {
          const first = tf.maxPool(tf.relu(tf.add(firstConv(x, p.conv1), p.bias1)), 2, 2, "valid");
          const second = tf.maxPool(tf.relu(tf.add(conv(first, p.conv2), p.bias2)), 2, 2, "valid");
          return tf.losses.softmaxCrossEntropy(y, tf.add(tf.matMul(second.reshape([examples, 1568]), p.dense), p.bias3));
        },
        true,
        Object.values(p),
      );
      const number = loss.dataSync()[0];
      loss.dispose();
      return number;
    };
    const state = start();
    return {
      run: () => void step(state),
      results: () => {
        const fresh = start();
        return [[0, 1, 2].map(() => step(fresh))];
      },
    };
  },
  circular({ examples, side }) {
    // Transforms of this size take minutes here.
    if (side > 64) return null;
    const x = tf.tensor3d(numbers(examples * side * side, 1), [examples, side, side]);
    const k = tf.tensor3d(numbers(side * side, 2), [1, side, side]);
    const turn = (z) => tf.complex(tf.transpose(tf.real(z), [0, 2, 1]), tf.transpose(tf.imag(z), [0, 2, 1]));
    const over = (transform) => (z) => turn(transform(turn(transform(z))));
    const [forward, inverse] = [over(tf.spectral.fft), over(tf.spectral.ifft)];
    return task(() => {
      const [fx, fk] = [x, k].map((real) => forward(tf.complex(real, tf.zerosLike(real))));
      const [a, b, c, d] = [tf.real(fx), tf.imag(fx), tf.real(fk), tf.imag(fk)];
      return [tf.real(inverse(tf.complex(a.mul(c).sub(b.mul(d)), a.mul(d).add(b.mul(c)))))];
    });
  },
  tanh({ n }) {
    const [x, a, b, ct] = [1, 2, 3, 4].map((seed) => tf.tensor1d(numbers(n, seed)));
    const gradients = tf.valueAndGrads((y, scale, shift) => tf.tanh(tf.add(tf.mul(scale, y), shift)));
    return task(() => {
      const { value, grads } = gradients([x, a, b], ct);
      return [value, ...grads];
    });
  },
};

await serve({ version: tf.version.tfjs, make: (spec) => makers[spec.kind]?.(spec), fingerprint });
