import type { Backend } from "@paramat/backends";
import { grad, matmul, mul, ndarray, reshape, sizeOf, square, sum, type Value } from "@paramat/core";
import type { Law } from "../law.js";
import { valuesAt } from "../point.js";
import { type Trial, withStream } from "../trial.js";

/** A dense matrix of more entries is not formed for comparison. */
const MOST_ENTRIES = 4e6;
const EXAMPLES = 32;
const MILLISECONDS = 40;

/** K(θ)y and the gradient of ½‖K(θ)y‖² in θ beside a dense matrix of the same size, 32 examples. Rough: one machine, one moment. */
export const timing: Law = {
  name: "time against dense",
  check(trial) {
    const { K, backend } = trial;
    const [m, n] = [sizeOf(K.outShape), sizeOf(K.inShape)];
    if (m * n > MOST_ENTRIES) return { verdict: "note", error: 0, detail: `not measured: the dense matrix would be ${m} × ${n}` };
    const { theta, y, dense, rows } = inputsOf(trial, m, n, backend);
    const apply = [seconds(() => K.apply(theta, y)), seconds(() => matmul(rows, dense, { transposeB: true }))] as const;
    const energy = (z: Value) => mul(0.5, sum(square(z)));
    const ofK = grad((t: Value) => energy(K.apply(t, y)));
    const ofDense = grad((W: Value) => energy(matmul(rows, W, { transposeB: true })));
    const gradient = [seconds(() => ofK(theta)), seconds(() => ofDense(dense))] as const;
    const detail = `apply ${compare(apply)}, gradient ${compare(gradient)} (${EXAMPLES} examples, ${backend.name}; rough)`;
    return { verdict: "note", error: 0, detail };
  },
};

function inputsOf(trial: Trial, m: number, n: number, backend: Backend) {
  const { draw } = withStream(trial, 0);
  const { theta, y, dense } = valuesAt(
    { theta: draw(trial.K.thetaShape), y: draw([EXAMPLES, ...trial.K.inShape]), dense: draw([m, n]) },
    backend,
  );
  return { theta, y, dense, rows: reshape(ndarray(backend, y.toArray(), y.shape), [EXAMPLES, n]) };
}

/** The fastest of as many runs as fit into the time: what else the machine does only adds. */
function seconds(run: () => Value): number {
  run().toArray();
  let best = Number.POSITIVE_INFINITY;
  const end = performance.now() + MILLISECONDS;
  do {
    const start = performance.now();
    run().toArray();
    best = Math.min(best, performance.now() - start);
  } while (performance.now() < end);
  return best / 1000;
}

function compare([own, dense]: readonly [number, number]): string {
  return `${show(own)} against ${show(dense)} (× ${(own / dense).toPrecision(2)})`;
}

function show(time: number): string {
  return time < 1e-3 ? `${(time * 1e6).toPrecision(3)} µs` : `${(time * 1e3).toPrecision(3)} ms`;
}
