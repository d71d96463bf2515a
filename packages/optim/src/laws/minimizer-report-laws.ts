import { mul, ndarray, sum, type Value } from "@paramat/core";
import type { IterationRow } from "../minimize/outcome.js";
import { drawnQuadratic } from "./drawn-quadratic.js";
import type { MinimizerLaw } from "./minimizer-law.js";
import { facts } from "./report.js";
import { apart, numbersOf } from "./trajectory.js";

/** The outcome, its history and what `progress` was told of say the same, and it is so. */
export const honestLaw: MinimizerLaw = {
  name: "the outcome is what happened",
  applies: () => true,
  async check({ minimize, backend, stream }) {
    const { f, start } = drawnQuadratic(backend, stream, 10);
    const before = numbersOf(start);
    const rows: IterationRow[] = [];
    const values: number[] = [];
    const found = await minimize(f, start, {
      maxIterations: 12,
      progress: (row, params) => {
        rows.push(row);
        values.push(f(params).item());
      },
    });
    const last = found.history.at(-1);
    const near = (a: number, b: number) => Math.abs(a - b) <= 1e3 * backend.epsilon * Math.max(1, Math.abs(b));
    return facts([
      ["progress was told of every row of the history, once", JSON.stringify(rows) === JSON.stringify(found.history)],
      ["the rows are numbered from 0", found.history.every(({ iteration }, i) => iteration === i)],
      ["there is a row for the start and for each iteration", found.iterations === found.history.length - 1],
      ["the value of each row is f at its parameters", rows.every(({ value }, i) => near(value, values[i] as number))],
      ["the value is f at the parameters", near(found.value, f(found.params).item())],
      [
        "value, gradient's norm and evaluations are those of the last row",
        last?.value === found.value && last.gradientNorm === found.gradientNorm,
      ],
      ["evaluations only grow", rows.every(({ evaluations }, i) => evaluations.gradient >= (rows[i - 1]?.evaluations.gradient ?? 0))],
      ["the start is as it was", apart([before], [numbersOf(start)]) === 0],
    ]);
  },
};

/** It stops where it is told to: by iterations, step, value and signal. */
export const stoppingLaw: MinimizerLaw = {
  name: "stops where it is told to",
  applies: () => true,
  async check({ minimize, backend, stream, maxIterations }) {
    const { f, start } = drawnQuadratic(backend, stream, 10);
    const never = { gradientTolerance: 0, maxIterations };
    const limit = await minimize(f, start, { ...never, maxIterations: 1 });
    const byStep = await minimize(f, start, { ...never, stepTolerance: 0.1 });
    const byValue = await minimize(f, start, { ...never, valueTolerance: 0.1 });
    const controller = new AbortController();
    const interrupted = await minimize(f, start, {
      ...never,
      signal: controller.signal,
      progress: ({ iteration }) => {
        if (iteration === 2) controller.abort();
      },
    });
    const aborted = await minimize(f, start, { ...never, signal: AbortSignal.abort() });
    const [a, b] = byValue.history.slice(-2);
    return facts([
      ["maxIterations: 1 makes one and says limit", limit.status === "limit" && limit.iterations === 1],
      ["stepTolerance converges at a step that short", byStep.status === "converged" && (byStep.history.at(-1)?.step as number) < 1],
      [
        "valueTolerance converges where the value changed by that little",
        byValue.status === "converged" &&
          Math.abs((a?.value as number) - (b?.value as number)) <= 0.1 * Math.max(1, Math.abs(a?.value as number)),
      ],
      ["a signal ends it after the iteration under way", interrupted.status === "interrupted" && interrupted.iterations === 2],
      [
        "what it had is kept",
        Math.abs(f(interrupted.params).item() - interrupted.value) <= 1e3 * backend.epsilon * Math.max(1, Math.abs(interrupted.value)),
      ],
      ["a signal that was aborted lets no iteration begin", aborted.status === "interrupted" && aborted.iterations === 0],
    ]);
  },
};

/** A start that is not finite comes back, and calls that are wrong are refused. */
export const refusalLaw: MinimizerLaw = {
  name: "fails as it should",
  applies: () => true,
  async check({ minimize, backend, stream }) {
    const { f, start } = drawnQuadratic(backend, stream, 2);
    const found = await minimize((x: Value) => sum(mul(Number.NaN, x)), ndarray(backend, [1]));
    return facts([
      ["NaN at the start is an outcome", found.status === "non-finite"],
      ["the start comes back with it", found.params.item() === 1],
      [
        "a tree without leaves is a TypeError",
        await refuses(
          minimize(() => ndarray(backend, 0), {}),
          TypeError,
        ),
      ],
      [
        "f must give a scalar",
        await refuses(
          minimize((x: Value) => x, ndarray(backend, [1, 2])),
          Error,
        ),
      ],
      ["a tolerance < 0 is a RangeError", await refuses(minimize(f, start, { gradientTolerance: -1 }), RangeError)],
      ["half an iteration is a RangeError", await refuses(minimize(f, start, { maxIterations: 1.5 }), RangeError)],
    ]);
  },
};

async function refuses(call: Promise<unknown>, kind: new (...args: never[]) => Error): Promise<boolean> {
  try {
    await call;
    return false;
  } catch (error) {
    return error instanceof kind;
  }
}
