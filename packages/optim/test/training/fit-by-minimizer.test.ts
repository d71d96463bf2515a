import { call, cpu, input } from "@paramat/backends";
import { wasm } from "@paramat/backends/wasm";
import { add, definePointwise, leaves, matmul, ndarray, sum, type Tree, type Value } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { meanSquaredError } from "../../src/metrics/mean-squared-error.js";
import { lbfgs } from "../../src/minimize/lbfgs.js";
import type { Minimizer } from "../../src/minimize/minimizer.js";
import { newtonCg } from "../../src/minimize/newton-cg.js";
import { steepestDescent } from "../../src/minimize/steepest-descent.js";
import { lineReporter } from "../../src/reporters/line-reporter.js";
import { fit as runFit } from "../../src/training/fit.js";
import type { FitByMinimizerOptions } from "../../src/training/fit-options.js";
import { memoryStore } from "../checkpoints/memory-store.js";
import { type Line, lineExamples, squaredResiduals, startLine } from "./regression.js";

const backend = cpu("float64");
const log = definePointwise({ name: "log", f: call("log", input(0)) });
const sqrt = definePointwise({ name: "sqrt", f: call("sqrt", input(0)) });
const evaluate = (params: Line, batch: Parameters<typeof squaredResiduals>[1]) => ({
  loss: squaredResiduals(params, batch, { training: false }),
  output: add(matmul(batch.inputs, params.W), params.bias),
});

function options(changes: Partial<FitByMinimizerOptions<Line>> = {}): FitByMinimizerOptions<Line> {
  return {
    params: startLine(backend),
    objective: squaredResiduals,
    minimizer: lbfgs,
    iterations: 50,
    train: lineExamples(30, 1),
    backend,
    ...changes,
  };
}

const one = { size: 1, inputs: Float64Array.of(0), inputShape: [], targets: Float64Array.of(0), targetShape: [] };
/** θ ∈ ℝ² on one example that says nothing. */
function plain(changes: Partial<FitByMinimizerOptions<Value>>): FitByMinimizerOptions<Value> {
  return {
    params: ndarray(backend, [3, 1]),
    objective: (theta) => sum(theta),
    minimizer: lbfgs,
    iterations: 50,
    train: one,
    backend,
    ...changes,
  };
}
const bits = (tree: Tree) => leaves(tree).map((x) => x.toArray());

describe("fit with a minimizer", () => {
  it.each([
    ["lbfgs", lbfgs, undefined],
    ["lbfgs in parts", lbfgs, 7],
    ["newtonCg", newtonCg, undefined],
    ["newtonCg in parts", newtonCg, 7],
  ] as const)("finds the line behind the examples: %s", async (_, minimizer, batchSize) => {
    for (const compile of [true, false]) {
      const found = await runFit(options({ minimizer, compile, ...(batchSize && { batchSize }) }));
      expect(found.stoppedBy).toBe("converged");
      const numbers = [...found.params.W.toArray(), ...found.params.bias.toArray()] as number[];
      [2, -3, 1].forEach((want, i) => expect(Math.abs((numbers[i] as number) - want)).toBeLessThan(1e-7));
      expect(found.outcome).toMatchObject({ status: "converged", iterations: found.history.length });
    }
  });

  it.each(["float64", "float32"] as const)("goes as far on WASM, in %s, in parts", async (precision) => {
    const on = wasm({ precision });
    const { params, stoppedBy } = await runFit(options({ backend: on, params: startLine(on), minimizer: newtonCg, batchSize: 7 }));
    expect(["converged", "stalled"]).toContain(stoppedBy);
    const numbers = [...params.W.toArray(), ...params.bias.toArray()] as number[];
    [2, -3, 1].forEach((want, i) => expect(Math.abs((numbers[i] as number) - want)).toBeLessThan(100 * on.epsilon));
  });

  it("gives the same bits twice, and the minimizer's own rows as history, without its start", async () => {
    const validation = lineExamples(9, 2);
    const metrics = { error: meanSquaredError };
    const [a, b] = [await runFit(options({ validation, evaluate, metrics })), await runFit(options({ validation, evaluate, metrics }))];
    expect(bits(b.params)).toEqual(bits(a.params));
    expect(a.history.map((r) => [r.epoch, r.trainLoss, r.gradientNorm])).toEqual(
      a.outcome?.history.slice(1).map((r) => [r.iteration, r.value, r.gradientNorm]),
    );
    for (const { metrics, validationLoss } of a.history) expect(metrics?.error).toBeCloseTo(validationLoss as number, 12);
    expect([a.steps, a.bestEpoch]).toEqual([a.history.length, a.history.length]);
  });

  it("stops when patience is spent and returns the best parameters", async () => {
    // Σθ has no least value: every step goes down, and away from where the validation loss is least, after the second.
    const descent: Minimizer = async (f, params, given) => steepestDescent(f, params, given);
    const path: number[] = [];
    const result = await runFit(
      plain({
        minimizer: descent,
        patience: 3,
        compile: false,
        validation: one,
        evaluate: () => ({ loss: ndarray(backend, (path.length - 2) ** 2) }),
        callbacks: { onEpoch: (_, { params }) => void path.push(params.toArray()[0] as number) },
      }),
    );
    // The loss is measured before the callback of the iteration: 4, 1, 0, 1, 4, 9.
    expect([result.stoppedBy, result.bestEpoch, result.steps]).toEqual(["patience", 3, 6]);
    expect([result.params.toArray()[0], result.lastParams.toArray()[0]]).toEqual([path[2], path[5]]);
  });

  it("validates and reports when it is due, and at the end", async () => {
    const said: string[] = [];
    const shown: (readonly [number, number])[] = [];
    const lines = lineReporter((line) => said.push(line));
    const reporter = { ...lines, batch: ({ batch, batches }: { batch: number; batches: number }) => void shown.push([batch, batches]) };
    const result = await runFit(options({ validation: lineExamples(9, 2), validateEvery: 3, reporter }));
    const last = result.history.length;
    expect(result.history.map((r) => r.validationLoss !== undefined)).toEqual(
      result.history.map(({ epoch }) => epoch % 3 === 0 || epoch === last),
    );
    expect(said[0]).toMatch(/^iteration {2}3\/50 {2}loss .* validation .* s {2}\(best\)\n$/);
    expect(said.at(-1)).toMatch(new RegExp(`^lbfgs: converged after iteration ${last}: ‖gradient‖ .*\n$`));
    expect(shown).toEqual(result.history.map(({ epoch }) => [epoch, 50]));
  });

  it("counts iterations over a resumption, from the parameters it had reached", async () => {
    const store = memoryStore();
    const said: string[] = [];
    const reporter = lineReporter((line) => said.push(line));
    const first = await runFit(options({ iterations: 3, checkpoint: { store } }));
    expect([first.stoppedBy, first.history.length]).toEqual(["iterations", 3]);
    const second = await runFit(options({ iterations: 5, checkpoint: { store }, resume: true, params: startLine(backend), reporter }));
    expect(said[0]).toBe("resuming memory after 3 iterations\n");
    expect(second.history.map((r) => r.epoch)).toEqual([1, 2, 3, 4, 5]);
    expect(second.history.slice(0, 3)).toEqual([...first.history]);
    const anew = await runFit(options({ iterations: 2, params: first.lastParams }));
    expect(bits(second.lastParams)).toEqual(bits(anew.lastParams));
    expect((await runFit(options({ iterations: 5, checkpoint: { store }, resume: true }))).steps).toBe(5);
  });

  it("saves and says so where the signal comes, between iterations or between parts of one", async () => {
    for (const batchSize of [30, 7]) {
      const store = memoryStore();
      const said: string[] = [];
      const controller = new AbortController();
      const result = await runFit(
        options({
          batchSize,
          checkpoint: { store },
          reporter: lineReporter((line) => said.push(line)),
          signal: controller.signal,
          callbacks: { onEpoch: ({ epoch }) => void (epoch === 2 && controller.abort()) },
        }),
      );
      expect([result.stoppedBy, result.steps]).toEqual(["interrupted", 2]);
      expect(said.at(-1)).toBe("interrupted after iteration 2; saved in memory\n");
      expect((await store.load(backend))?.epoch).toBe(2);
    }
    const controller = new AbortController();
    const objective: typeof squaredResiduals = (...args) => {
      controller.abort();
      return squaredResiduals(...args);
    };
    const during = await runFit(options({ batchSize: 7, objective, compile: false, signal: controller.signal }));
    expect([during.stoppedBy, during.steps, during.outcome]).toEqual(["interrupted", 0, null]);
  });

  it("names the op where NaN first comes up, and keeps parameters that are finite", async () => {
    const start = await runFit(plain({ params: ndarray(backend, [3, -1]), objective: (theta) => sum(log(theta)) }));
    expect([start.stoppedBy, start.steps]).toEqual(["non-finite", 0]);
    expect(start.nonFinite).toMatchObject({ epoch: 0, batch: 1, stage: "loss" });
    expect(start.nonFinite?.message).toMatch(
      /^stopped at the start: the loss is NaN\. NaN first appears in the forward pass, in the result of log/,
    );
    expect(start.nonFinite?.message).toMatch(/Start elsewhere, or mend the op that is named\.$/);
    expect(start.lastParams.toNested()).toEqual([3, -1]);
    const slope = await runFit(plain({ params: ndarray(backend, [4, 0]), objective: (theta) => sum(sqrt(theta)) }));
    expect(slope.nonFinite).toMatchObject({ epoch: 0, stage: "gradient" });
    expect(slope.nonFinite?.message).toContain("in the derivative of sqrt");
  });

  it("names NaN on the way by its iteration, and in the data by its example", async () => {
    const store = memoryStore();
    // A method that steps without looking: θ − ∇f.
    const blind: Minimizer = (f, params, given) =>
      steepestDescent(f, params, {
        ...given,
        lineSearch: async (problem, { from, direction }) => ({
          alpha: 1,
          point: await problem.pointAt(problem.vectors.plus(from.params, 1, direction)),
        }),
      });
    // 1.5 → 1.5 − 1/1.5 → …: Σ log θ with steps 1/θ passes 0 after a few.
    const way = await runFit(
      plain({ params: ndarray(backend, [1.5]), minimizer: blind, objective: (theta) => sum(log(theta)), checkpoint: { store } }),
    );
    let [theta, count] = [1.5, 0];
    while (theta - 1 / theta > 0) [theta, count] = [theta - 1 / theta, count + 1];
    expect([way.stoppedBy, way.steps]).toEqual(["non-finite", count]);
    expect(way.lastParams.toArray()[0]).toBeCloseTo(theta, 12);
    expect(way.nonFinite?.message).toContain(`stopped in iteration ${count + 1}: the loss is NaN`);
    expect((await store.load(backend))?.epoch).toBe(count);
    const train = lineExamples(30, 1);
    const inputs = Float64Array.from(train.inputs);
    inputs[2 * 17 + 1] = Number.NaN;
    const data = await runFit(options({ train: { ...train, inputs }, batchSize: 7 }));
    expect(data.nonFinite).toMatchObject({ epoch: 0, batch: 3, stage: "loss" });
    expect(data.nonFinite?.message).toContain("inputs hold NaN at example 17 (its number 1, both counted from 0)");
  });

  it("stops at a validation loss that is NaN", async () => {
    const validation = { ...lineExamples(3, 1), targets: Float64Array.of(1, Number.NaN, 2) };
    const result = await runFit(options({ validation }));
    expect(result.nonFinite).toMatchObject({ epoch: 1, stage: "validation" });
    expect(result.nonFinite?.message).toContain("stopped in iteration 1: the validation loss is NaN");
    expect(result.nonFinite?.message).toContain("The validation examples' targets hold NaN at example 1");
  });

  it("refuses options that are wrong, before any work", async () => {
    const refused = (changes: object) => expect(runFit({ ...options(), ...changes } as FitByMinimizerOptions<Line>)).rejects;
    await refused({ minimizer: undefined }).toThrow(new TypeError("fit: there is no optimizer and no minimizer; give one of the two"));
    await refused({ optimizer: { name: "sgd" } }).toThrow("fit: there is an optimizer and a minimizer; give one of the two");
    await refused({ iterations: 1.5 }).toThrow(new RangeError("fit: iterations is 1.5; it must be a whole number ≥ 0"));
    await refused({ validateEvery: 0 }).toThrow(new RangeError("fit: validateEvery is 0; it must be a whole number ≥ 1"));
    await refused({ metrics: { meanSquaredError } }).toThrow("fit: metrics are meanSquaredError and there are no validation examples");
    await refused({ metrics: { meanSquaredError }, validation: lineExamples(3, 1) }).toThrow("there is no evaluate that gives the output");
  });
});
