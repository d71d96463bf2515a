import type { Backend } from "@paramat/backends";
import { grad, matmul, mul, ndarray, reshape, sizeOf, square, sum, type Value } from "@paramat/core";
import type { Law } from "../law.js";
import { valuesAt } from "../point.js";
import type { Trial } from "../trial.js";

/** A dense matrix of more entries is not formed for comparison. */
const MOST_ENTRIES = 4e6;
const EXAMPLES = 32;
const MILLISECONDS = 80;
const FEWEST_RUNS = 5;

/** K(θ)y and the gradient of ½‖K(θ)y‖² in θ beside a dense matrix of the same size, 32 examples. Rough: one machine, one moment. */
export const timing: Law = {
  name: "time against dense",
  check(trial) {
    const { K, backend } = trial;
    const [m, n] = [sizeOf(K.outShape), sizeOf(K.inShape)];
    if (m * n > MOST_ENTRIES) return { verdict: "note", error: 0, detail: `not measured: the dense matrix would be ${m} × ${n}` };
    const { theta, y, dense, rows } = inputsOf(trial, m, n, backend);
    const energy = (z: Value) => mul(0.5, sum(square(z)));
    const ofK = grad((t: Value) => energy(K.apply(t, y)));
    const ofDense = grad((W: Value) => energy(matmul(rows, W, { transposeB: true })));
    const apply = fastest([() => K.apply(theta, y), () => matmul(rows, dense, { transposeB: true })]);
    const gradient = fastest([() => ofK(theta), () => ofDense(dense)]);
    const detail = `apply ${compare(apply)}, gradient ${compare(gradient)} (${EXAMPLES} examples, ${backend.name}; rough)`;
    return { verdict: "note", error: 0, detail };
  },
};

function inputsOf(trial: Trial, m: number, n: number, backend: Backend) {
  const { theta, y, dense } = valuesAt(
    { theta: trial.draw(trial.K.thetaShape), y: trial.draw([EXAMPLES, ...trial.K.inShape]), dense: trial.draw([m, n]) },
    backend,
  );
  return { theta, y, dense, rows: reshape(ndarray(backend, y.toArray(), y.shape), [EXAMPLES, n]) };
}

/** Milliseconds of each, run in turn; the fastest of as many runs as fit into the time, since what else the machine does only adds. */
function fastest(runs: readonly (() => Value)[]): number[] {
  const best = runs.map(() => Number.POSITIVE_INFINITY);
  for (const run of runs) run().toArray();
  const end = performance.now() + MILLISECONDS;
  for (let count = 0; count < FEWEST_RUNS || performance.now() < end; count++) {
    runs.forEach((run, k) => {
      const start = performance.now();
      run().toArray();
      best[k] = Math.min(best[k] as number, performance.now() - start);
    });
  }
  return best;
}

function compare([own = Number.NaN, dense = Number.NaN]: readonly number[]): string {
  return `${show(own)} against ${show(dense)} (× ${(own / dense).toPrecision(2)})`;
}

function show(milliseconds: number): string {
  return milliseconds < 1 ? `${(milliseconds * 1e3).toPrecision(3)} µs` : `${milliseconds.toPrecision(3)} ms`;
}
