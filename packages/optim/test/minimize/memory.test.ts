import { wasm } from "@paramat/backends/wasm";
import { matmul, mul, ndarray, square, sub, sum, tanh, type Value } from "@paramat/core";
import {
  gaussNewton,
  lbfgs,
  linearLeastSquares,
  type MinimizeOptions,
  newtonCg,
  nonlinearConjugateGradient,
  projectedGradient,
  proximalGradient,
  steepestDescent,
  trustRegion,
  varPro,
} from "@paramat/optim";
import { describe, expect, it } from "vitest";

const memory = wasm({ precision: "float64" });
const live = () => memory.memoryInUse().buffers;
let peak = 0;
/** Notes at every formula how many buffers there are. Nothing here waits for the garbage collector: it could only make the numbers smaller. */
const backend = {
  ...memory,
  map(...args: Parameters<typeof memory.map>) {
    peak = Math.max(peak, live());
    return memory.map(...args);
  },
};
const numbers = (size: number, f: (i: number) => number) => Float64Array.from({ length: size }, (_, i) => f(i));

const scale = ndarray(
  backend,
  numbers(40, (i) => 1.3 ** i),
);
const start = ndarray(backend, new Float64Array(40));
const f = (x: Value) => sum(mul(scale, square(sub(x, 1))));
const shrink = Object.assign((x: Value) => mul(0.5, sum(square(x))), { prox: (x: Value, tau: number) => mul(1 / (1 + tau), x) });

const Y = ndarray(
  backend,
  numbers(60, (i) => Math.sin(i * i + 1)),
  [20, 3],
);
const target = ndarray(
  backend,
  numbers(40, (i) => (i % 4 === 0 || i % 4 === 3 ? 1 : 0)),
  [20, 2],
);
const K = ndarray(backend, numbers(12, Math.cos), [3, 4]);
const reduced = (loss: "leastSquares" | "softmaxCrossEntropy", compile = true) =>
  varPro({ features: (k: Value) => tanh(matmul(Y, k)), target, loss, lambda: 0.01, compile, penalty: (k) => mul(0.01, sum(square(k))) });

type Options = MinimizeOptions<Value>;
const methods = {
  steepestDescent: (o: Options) => steepestDescent(f, start, o),
  nonlinearConjugateGradient: (o: Options) => nonlinearConjugateGradient(f, start, o),
  lbfgs: (o: Options) => lbfgs(f, start, { ...o, memory: 5 }),
  newtonCg: (o: Options) => newtonCg(f, start, o),
  trustRegion: (o: Options) => trustRegion(f, start, o),
  gaussNewton: (o: Options) => gaussNewton({ model: (x: Value) => x, loss: f }, start, o),
  projectedGradient: (o: Options) => projectedGradient(f, (x: Value) => x, start, o),
  proximalGradient: (o: Options) => proximalGradient(f, shrink, start, o),
  "varPro, least squares": (o: Options) => lbfgs(reduced("leastSquares", o.compile), K, { ...o, memory: 5 }),
  "varPro, softmax": (o: Options) => newtonCg(reduced("softmaxCrossEntropy", o.compile), K, o),
};

describe.each(Object.entries(methods))("the memory of %s", (name, run) => {
  it.each([true, false])("is as large after any iteration as after the first few (compiled: %s)", async (compile) => {
    const before = live();
    const after: number[] = [];
    const signal = {
      get aborted() {
        after.push(live() - before);
        return false;
      },
    } as AbortSignal;
    peak = 0;
    const found = await run({ compile, signal, maxIterations: 14, gradientTolerance: 1e-9 });
    expect(found.iterations).toBeGreaterThan(6);
    // Programs with their constants come in the first iterations, L-BFGS's pairs in the first five.
    const settled = after.slice(6);
    expect(Math.max(...settled)).toBeLessThanOrEqual(after[6] as number);
    // The last parameters, and the programs' own.
    expect(live() - before).toBeLessThan(10);
    expect(peak - before).toBeLessThan(name.startsWith("varPro") ? 150 : 50);
    expect(found.params.toArray().every(Number.isFinite)).toBe(true);
  });
});

describe("the memory of methods", () => {
  it("keeps what progress was shown, and nothing of LSQR but the result", async () => {
    const shown: Value[] = [];
    await lbfgs(f, start, { maxIterations: 5, progress: (_, x) => shown.push(x) });
    expect(shown.map((x) => Number.isFinite(x.toArray()[0]))).toEqual([true, true, true, true, true, true]);
    const before = live();
    peak = 0;
    const found = await linearLeastSquares((x: Value) => mul(scale, x), start, scale, { maxIterations: 30 });
    expect(found.iterations).toBe(30);
    expect([live() - before, peak - before < 20]).toEqual([1, true]);
  });

  it("leaves alone what a function with its own gradient may have kept", async () => {
    const asked: Value[] = [];
    const once = ndarray(backend, [1]);
    const linear = {
      async valueAndGradient(x: Value) {
        asked.push(x);
        return { value: x.item() ** 2, gradient: asked.length === 1 ? once : mul(2, x).array };
      },
    };
    await lbfgs(linear, ndarray(backend, [0.5]));
    expect([asked.every((x) => Number.isFinite(x.item())), once.item()]).toEqual([true, 1]);
  });
});
