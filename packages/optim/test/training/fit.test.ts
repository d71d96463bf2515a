import { type Backend, cpu } from "@paramat/backends";
import { add, BackendError, leaves, mul, ndarray, rng, ShapeError, sum, type Value } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { metric } from "../../src/metrics/metric.js";
import { adam } from "../../src/optimizers/adam.js";
import { cosineDecay } from "../../src/optimizers/schedules.js";
import { sgd } from "../../src/optimizers/sgd.js";
import type { BatchProgress, Reporter } from "../../src/reporters/reporter.js";
import type { EpochRecord } from "../../src/training/epoch-record.js";
import { fit as runFit } from "../../src/training/fit.js";
import type { FitOptions } from "../../src/training/fit-options.js";
import { type Line, lineExamples, squaredResiduals, startLine } from "./regression.js";

const backend = cpu("float64");

function lineOptions(changes: Partial<FitOptions<Line>> = {}): FitOptions<Line> {
  return {
    params: startLine(backend),
    objective: squaredResiduals,
    optimizer: sgd({ learningRate: 0.05, momentum: 0.5 }),
    train: lineExamples(50, 1),
    epochs: 3,
    batchSize: 8,
    rng: rng(5),
    backend,
    ...changes,
  };
}

/** Keeps what it is told. */
function listener() {
  const heard = { batches: [] as BatchProgress[], epochs: [] as EpochRecord[], messages: [] as string[], closed: 0 };
  const reporter: Reporter = {
    batch: (progress) => void heard.batches.push(progress),
    epoch: (record) => void heard.epochs.push(record),
    message: (text) => void heard.messages.push(text),
    close: () => void heard.closed++,
  };
  return { heard, reporter };
}

describe("fit", () => {
  it("finds the line behind the examples", async () => {
    const { params, stoppedBy, history } = await runFit(
      lineOptions({ optimizer: adam({ learningRate: (step) => 0.1 * 0.99 ** step }), epochs: 100 }),
    );
    const [w0, w1, bias] = [...params.W.toArray(), ...params.bias.toArray()];
    [
      [w0, 2],
      [w1, -3],
      [bias, 1],
    ].forEach(([found, want]) => expect(Math.abs((found as number) - (want as number))).toBeLessThan(5e-3));
    expect(stoppedBy).toBe("epochs");
    expect(history.length).toBe(100);
    expect(history.at(-1)?.trainLoss).toBeLessThan(1e-4);
  });

  it("takes every example once an epoch, the last batch smaller, in an order drawn from the stream", async () => {
    const seen: number[][] = [];
    const sizes: number[] = [];
    const train = { size: 5, inputs: Float64Array.of(0, 1, 2, 3, 4), inputShape: [1], targets: new Float64Array(5), targetShape: [] };
    const result = await runFit({
      params: ndarray(backend, 0),
      objective: (theta, batch) => {
        seen.push([...batch.inputs.toArray()]);
        sizes.push(batch.size);
        expect(batch.inputs.shape).toEqual([batch.size, 1]);
        expect(batch.targets.shape).toEqual([batch.size]);
        return mul(theta, theta);
      },
      optimizer: sgd({ learningRate: 0.1 }),
      compile: false,
      train,
      epochs: 2,
      batchSize: 2,
      rng: rng(3),
      backend,
    });
    expect(sizes).toEqual([2, 2, 1, 2, 2, 1]);
    const [first, second] = [seen.slice(0, 3).flat(), seen.slice(3).flat()];
    expect([...first].sort()).toEqual([0, 1, 2, 3, 4]);
    expect([...second].sort()).toEqual([0, 1, 2, 3, 4]);
    expect(first).not.toEqual(second);
    expect(result.steps).toBe(6);
  });

  it("averages losses over examples, not over batches", async () => {
    // The loss of a batch is the mean of its inputs; over all of 1 … 5 the mean is 3 although batches have 2, 2 and 1.
    const train = { size: 5, inputs: Float64Array.of(1, 2, 3, 4, 5), inputShape: [], targets: new Float64Array(5), targetShape: [] };
    const { history } = await runFit({
      params: ndarray(backend, 0),
      objective: (theta, batch) => add(mul(0, theta), sum(mul(1 / batch.size, batch.inputs))),
      evaluate: (_, batch) => ({ loss: sum(mul(1 / batch.size, batch.inputs)), output: batch.inputs }),
      optimizer: sgd({ learningRate: 0.1 }),
      // Of each batch, all examples but one.
      metrics: { counted: metric(0, { add: (count, output) => count + output.numbers.length - 1, value: (count) => count / 5 }) },
      train,
      validation: train,
      epochs: 1,
      batchSize: 2,
      rng: rng(3),
      backend,
    });
    expect(history[0]?.trainLoss).toBeCloseTo(3, 14);
    expect(history[0]?.validationLoss).toBeCloseTo(3, 14);
    expect(history[0]?.metrics).toEqual({ counted: 2 / 5 });
  });

  it("gives the same bits twice from the same seed, and others from a stream that has moved on", async () => {
    const stream = rng(5);
    const one = await runFit(lineOptions({ rng: stream }));
    const two = await runFit(lineOptions());
    const three = await runFit(lineOptions({ rng: stream }));
    expect(two.params.W.toArray()).toEqual(one.params.W.toArray());
    expect(three.params.W.toArray()).not.toEqual(one.params.W.toArray());
  });

  it("stops when patience is spent, and returns the best parameters", async () => {
    // θ runs 1, 2, 3, …; the validation loss (θ − 3)² is lowest after the third epoch.
    const { heard, reporter } = listener();
    const one = { size: 1, inputs: Float64Array.of(0), inputShape: [], targets: Float64Array.of(0), targetShape: [] };
    const options: FitOptions<ReturnType<typeof ndarray>> = {
      params: ndarray(backend, 0),
      objective: (theta) => mul(theta, -1),
      evaluate: (theta) => ({ loss: ndarray(backend, (theta.item() - 3) ** 2) }),
      optimizer: sgd({ learningRate: 1 }),
      train: one,
      validation: one,
      epochs: 50,
      batchSize: 1,
      rng: rng(1),
      backend,
      patience: 4,
      reporter,
    };
    const result = await runFit(options);
    expect([result.stoppedBy, result.bestEpoch, result.steps]).toEqual(["patience", 3, 7]);
    expect([result.params.item(), result.lastParams.item()]).toEqual([3, 7]);
    expect(result.history.map((r) => r.isBest)).toEqual([true, true, true, false, false, false, false]);
    expect(heard.messages).toEqual(["stopped after epoch 7: 4 epochs without a better validation loss; the best was epoch 3"]);
    expect((await runFit({ ...options, keepBest: false })).params.item()).toBe(7);
    // 4 → 1 → 0 : the step to 0 is less than 2 better than 1.
    expect((await runFit({ ...options, minDelta: 2 })).bestEpoch).toBe(2);
  });

  it("reports every batch and epoch, and closes", async () => {
    const { heard, reporter } = listener();
    await runFit(lineOptions({ reporter, epochs: 2 }));
    expect(heard.batches.map(({ epoch, epochs, batch, batches }) => [epoch, epochs, batch, batches])).toEqual(
      [1, 2].flatMap((epoch) => [1, 2, 3, 4, 5, 6, 7].map((batch) => [epoch, 2, batch, 7])),
    );
    expect(heard.batches.every((b) => b.examplesPerSecond > 0 && b.secondsLeft >= 0 && b.loss > 0)).toBe(true);
    expect(heard.batches.at(-1)?.secondsLeft).toBe(0);
    expect(heard.epochs.map((r) => r.epoch)).toEqual([1, 2]);
    expect(heard.closed).toBe(1);
  });

  it("lets timers run while it works", async () => {
    // One batch an epoch: no epoch is as long as the time between two turns of the event loop.
    let ticks = 0;
    const began = performance.now();
    const timer = setInterval(() => ticks++, 1);
    await runFit(lineOptions({ epochs: 400, batchSize: 50 })).finally(() => clearInterval(timer));
    expect(ticks).toBeGreaterThanOrEqual(Math.floor((performance.now() - began) / 100));
    expect(ticks).toBeGreaterThan(0);
  });

  it("trains in float32 too", async () => {
    const single = cpu("float32");
    const { params } = await runFit(lineOptions({ backend: single, params: startLine(single), epochs: 30 }));
    expect(Math.abs((params.W.toArray()[0] as number) - 2)).toBeLessThan(1e-2);
  });

  it("refuses options that are wrong, before any work", async () => {
    const refused = (changes: Partial<FitOptions<Line>>) => expect(runFit(lineOptions(changes))).rejects;
    await refused({ params: startLine(cpu("float32")) }).toThrow(
      new BackendError(
        "fit: params are on cpu-float32, and backend is cpu-float64; make both with one backend, or move params with toBackend(x, backend)",
      ),
    );
    await refused({ epochs: -1 }).toThrow(new RangeError("fit: epochs is -1; it must be a whole number ≥ 0"));
    await refused({ batchSize: 0.5 }).toThrow(new RangeError("fit: batchSize is 0.5; it must be a whole number ≥ 1"));
    await refused({ patience: 3 }).toThrow(
      new TypeError("fit: patience is 3 and there are no validation examples; give validation, or leave patience out"),
    );
    await refused({ minDelta: -1 }).toThrow(new RangeError("fit: minDelta is -1; it must be a finite number ≥ 0"));
    await refused({ resume: true }).toThrow(
      new TypeError("fit: resume is true and there is no checkpoint; say where it is kept: checkpoint: { store }"),
    );
    const train = lineExamples(50, 1);
    await refused({ train: { ...train, size: 51 } }).toThrow(
      new ShapeError("fit: train.inputs has 100 numbers; 51 examples of shape [2] have 102"),
    );
    await refused({ validation: { ...train, targetShape: [2] } }).toThrow(
      "fit: validation.targets has 50 numbers; 50 examples of shape [2] have 100",
    );
    await refused({ train: { ...train, size: 0 } }).toThrow("fit: train has 0 examples; it must have a whole number ≥ 1");
  });
});

describe("fit's compiled step", () => {
  const options = (compile: boolean): FitOptions<Line> => ({
    params: startLine(cpu("float64")),
    objective: squaredResiduals,
    optimizer: sgd({ learningRate: cosineDecay({ from: 0.1, steps: 30 }), momentum: 0.9 }),
    train: lineExamples(23, 1),
    epochs: 4,
    batchSize: 5,
    rng: rng(1),
    backend: cpu("float64"),
    compile,
  });

  it("goes where the plain step goes, with the same random numbers", async () => {
    const [compiled, plain] = [await runFit(options(true)), await runFit(options(false))];
    expect(compiled.steps).toBe(20);
    leaves(plain.params).forEach((leaf, i) => {
      const found = (leaves(compiled.params)[i] as Value).toArray();
      leaf.toArray().forEach((want: number, k: number) => expect(Math.abs((found[k] as number) - want)).toBeLessThan(1e-12));
    });
  });

  it("runs the objective for the recordings alone: twice for each size of batch", async () => {
    let calls = 0;
    const { objective } = options(true);
    const counted: typeof objective = (...args) => {
      calls++;
      return objective(...args);
    };
    await runFit({ ...options(true), objective: counted });
    expect(calls).toBe(4);
  });

  it("reads once for each update, compiled or not, since to wait for a read is slow on a graphics card", async () => {
    for (const compile of [true, false]) {
      let reads = 0;
      const counting: Backend = {
        ...cpu("float64"),
        read(buffer) {
          reads++;
          return backend.read(buffer);
        },
      };
      const { steps } = await runFit(lineOptions({ params: startLine(counting), backend: counting, compile }));
      expect([steps, reads]).toEqual([21, 21]);
    }
  });

  it("says how to do without where the objective reads a value", async () => {
    const objective: FitOptions<Line>["objective"] = (params, batch, context) => {
      const loss = squaredResiduals(params, batch, context);
      return loss.item() > 1 ? mul(0.5, loss) : loss;
    };
    const refused = runFit({ ...options(true), objective });
    await expect(refused).rejects.toThrow(
      /^fit: the step cannot be compiled; compile: a value is read .*fit\.test\.ts:\d+.*pass compile: false to fit$/,
    );
    expect((await runFit({ ...options(false), objective })).steps).toBe(20);
  });
});
