/** jax-js on its WASM backend: node jax.mjs. Its convolutions are channels first; results are turned to channels last. */
import { fingerprint, initial, numbers, parameters, targets } from "../works/numbers.mjs";
import { serve } from "./serve.mjs";

const { numpy: np, lax, nn, jit, grad, valueAndGrad, blockUntilReady, init, defaultDevice } = await import("@jax-js/jax");
await init("wasm");
defaultDevice("wasm");

const array = (values, shape) => np.array(values).reshape(shape);
const read = async (...arrays) => {
  const out = [];
  for (const x of arrays) out.push(await x.data());
  return out;
};
/** [e, h, w, c] to [e, c, h, w]. */
const images = (values, [e, h, w, c]) => np.transpose(array(values, [e, h, w, c]), [0, 3, 1, 2]);
/** [h, w, in, out] to [out, in, h, w]. */
const kernels = (values, shape) => np.transpose(array(values, shape), [3, 2, 0, 1]);
const conv = (x, w) => lax.conv(x, w, [1, 1], "SAME");

function task(compute, results = async () => read(...compute())) {
  return { run: () => read(...compute()), results };
}

const makers = {
  matmul({ n }) {
    const [a, b] = [1, 2].map((seed) => array(numbers(n * n, seed), [n, n]));
    const product = jit((x, y) => np.matmul(x, y));
    return task(() => [product(a.ref, b.ref)]);
  },
  conv({ examples, side, channelsIn, channelsOut, kernel, pass }) {
    const x = images(numbers(examples * side * side * channelsIn, 1), [examples, side, side, channelsIn]);
    const w = kernels(numbers(kernel * kernel * channelsIn * channelsOut, 2), [kernel, kernel, channelsIn, channelsOut]);
    const ct = images(numbers(examples * side * side * channelsOut, 3), [examples, side, side, channelsOut]);
    const back = (z) => np.transpose(z, [0, 2, 3, 1]);
    const forward = jit(conv);
    if (pass === "forward")
      return task(
        () => [forward(x.ref, w.ref)],
        async () => read(back(forward(x.ref, w.ref))),
      );
    const gradients = jit((y, k, c) => grad((u, v) => np.sum(conv(u, v).mul(c)), { argnums: [0, 1] })(y, k));
    return task(
      () => [forward(x.ref, w.ref), ...gradients(x.ref, w.ref, ct.ref)],
      async () => {
        const [dx, dw] = gradients(x.ref, w.ref, ct.ref);
        return read(back(forward(x.ref, w.ref)), back(dx), np.transpose(dw, [2, 3, 1, 0]));
      },
    );
  },
  training({ examples, learningRate, momentum }) {
    const x = images(numbers(examples * 784, 1), [examples, 28, 28, 1]);
    const y = array(targets(examples), [examples, 10]);
    const shapes = { ...parameters, bias1: { shape: [16, 1, 1], seed: 0, scale: 0 }, bias2: { shape: [32, 1, 1], seed: 0, scale: 0 } };
    const names = Object.keys(shapes);
    const start = () => {
      const p = Object.fromEntries(
        names.map((name) => [
          name,
          name.startsWith("conv") ? kernels(initial(shapes[name]), shapes[name].shape) : array(initial(shapes[name]), shapes[name].shape),
        ]),
      );
      return { p, v: Object.fromEntries(names.map((name) => [name, np.zeros(p[name].shape)])) };
    };
    const pool = (h) => {
      const [e, c, m, n] = h.shape;
      return np.max(h.reshape([e, c, m / 2, 2, n / 2, 2]), [3, 5]);
    };
    const loss = (p, images, classes) => {
      const first = pool(nn.relu(conv(images, p.conv1).add(p.bias1)));
      const second = pool(nn.relu(conv(first, p.conv2).add(p.bias2)));
      const flat = np.transpose(second, [0, 2, 3, 1]).reshape([examples, 1568]);
      return np.mean(np.sum(nn.logSoftmax(np.matmul(flat, p.dense).add(p.bias3)).mul(classes), 1)).mul(-1);
    };
    const step = jit((p, v, images, classes) => {
      const refs = Object.fromEntries(names.map((name) => [name, p[name].ref]));
      const [value, gradient] = valueAndGrad(loss)(refs, images, classes);
      const nextV = Object.fromEntries(names.map((name) => [name, v[name].mul(momentum).add(gradient[name])]));
      const nextP = Object.fromEntries(names.map((name) => [name, p[name].sub(nextV[name].ref.mul(learningRate))]));
      return [nextP, nextV, value];
    });
    const advance = async (state) => {
      const [p, v, value] = step(state.p, state.v, x.ref, y.ref);
      Object.assign(state, { p, v });
      const [numbersOfLoss] = await read(value);
      await blockUntilReady([state.p, state.v]);
      return numbersOfLoss[0];
    };
    const state = start();
    return {
      run: () => advance(state),
      results: async () => {
        const fresh = start();
        const losses = [];
        for (let i = 0; i < 3; i++) losses.push(await advance(fresh));
        return [losses];
      },
    };
  },
  circular({ examples, side }) {
    // Transforms of this size take minutes here.
    if (side > 64) return null;
    const x = array(numbers(examples * side * side, 1), [examples, side, side]);
    const k = array(numbers(side * side, 2), [side, side]);
    const product = jit((y, kernel) => {
      const [a, b] = [np.fft.rfft2(y), np.fft.rfft2(kernel)];
      const re = a.real.ref.mul(b.real.ref).sub(a.imag.ref.mul(b.imag.ref));
      return np.fft.irfft2({ real: re, imag: a.real.mul(b.imag).add(a.imag.mul(b.real)) });
    });
    return task(() => [product(x.ref, k.ref)]);
  },
  tanh({ n }) {
    const [x, a, b, ct] = [1, 2, 3, 4].map((seed) => array(numbers(n, seed), [n]));
    const forward = jit((y, scale, shift) => np.tanh(scale.mul(y).add(shift)));
    const gradients = jit(
      (y, scale, shift, c) =>
        valueAndGrad((u, v, w) => np.sum(np.tanh(v.mul(u).add(w)).mul(c.ref)), { argnums: [0, 1, 2] })(y, scale, shift)[1],
    );
    return task(() => [forward(x.ref, a.ref, b.ref), ...gradients(x.ref, a.ref, b.ref, ct.ref)]);
  },
};

await serve({ version: "0.1.25", make: (spec) => makers[spec.kind]?.(spec), fingerprint });
