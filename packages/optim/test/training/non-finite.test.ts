import { type Backend, call, cpu, input } from "@paramat/backends";
import { add, definePointwise, leaves, mul, ndarray, type Rng, randomArray, rng, sum, type Value } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { lbfgs } from "../../src/minimize/lbfgs.js";
import { adam } from "../../src/optimizers/adam.js";
import { sgd } from "../../src/optimizers/sgd.js";
import type { Examples } from "../../src/training/examples.js";
import { fit as runFit } from "../../src/training/fit.js";
import type { FitOptions } from "../../src/training/fit-options.js";
import { memoryStore } from "../checkpoints/memory-store.js";

const backend = cpu("float64");
const log = definePointwise({ name: "log", f: call("log", input(0)) });
const sqrt = definePointwise({ name: "sqrt", f: call("sqrt", input(0)) });
const two: Examples = { size: 2, inputs: Float64Array.of(1, 1), inputShape: [], targets: Float64Array.of(0, 0), targetShape: [] };

function options(changes: Partial<FitOptions<Value>>): FitOptions<Value> {
  return {
    params: ndarray(backend, [3]),
    objective: (theta) => sum(theta),
    optimizer: sgd({ learningRate: 2 }),
    train: two,
    epochs: 4,
    batchSize: 1,
    rng: rng(1),
    backend,
    ...changes,
  };
}

describe("a run that meets NaN or ∞", () => {
  it("stops before the parameters are touched, says which op it was, and saves", async () => {
    // θ: 3, then 3 − 2/3 …; Σ log θ with step 2/θ: 3 → 2.333 → 1.476 → 0.1212 → −16.4, whose logarithm is NaN in the fifth batch.
    const store = memoryStore();
    const messages: string[] = [];
    const result = await runFit(
      options({
        objective: (theta) => sum(log(theta)),
        checkpoint: { store },
        reporter: { batch: () => {}, epoch: () => {}, message: (text) => void messages.push(text), close: () => {} },
      }),
    );
    let theta = 3;
    for (let i = 0; i < 4; i++) theta -= 2 / theta;
    expect(result.stoppedBy).toBe("non-finite");
    expect(result.lastParams.toArray()[0]).toBeCloseTo(theta, 12);
    expect(result.steps).toBe(4);
    expect(result.nonFinite).toMatchObject({ epoch: 3, batch: 1, stage: "loss" });
    expect(result.nonFinite?.message).toMatch(
      /^stopped in epoch 3 at batch 1: the loss is NaN\. NaN first appears in the forward pass, in the result of log/,
    );
    expect(result.nonFinite?.message).toMatch(
      /The parameters are those before this batch\. Try a learning rate ten times lower, or mend the op that is named\.$/,
    );
    expect(messages.at(-1)).toContain("saved in memory");
    const kept = await store.load(backend);
    expect(kept?.step).toBe(4);
    expect(leaves(kept?.params ?? []).map((x) => x.toArray())).toEqual([result.lastParams.toArray()]);
  });

  it("finds a gradient that is infinite where the loss is finite", async () => {
    // √0 is 0 with an infinite slope.
    const result = await runFit(options({ params: ndarray(backend, [4, 0]), objective: (theta) => sum(sqrt(theta)) }));
    expect(result.nonFinite).toMatchObject({ epoch: 1, batch: 1, stage: "gradient" });
    expect(result.nonFinite?.message).toContain("backward pass, in the derivative of sqrt");
    expect(result.params.toNested()).toEqual([4, 0]);
  });

  it("finds an update that overflows, in the parameters or in the optimizer's state", async () => {
    const far = await runFit(options({ optimizer: sgd({ learningRate: 1e308 }), objective: (theta) => mul(100, sum(theta)) }));
    expect(far.nonFinite).toMatchObject({ epoch: 1, batch: 1, stage: "update" });
    expect(far.params.toNested()).toEqual([3]);
    // g² overflows: θ would stand still for ever, and look trained.
    const stuck = await runFit(options({ optimizer: adam(), objective: (theta) => mul(1e200, sum(theta)) }));
    expect(stuck.nonFinite?.stage).toBe("update");
    expect(stuck.nonFinite?.message).toContain("its gradient is finite, but the optimizer's step is not");
  });

  it("finds NaN in the data, at the op that reads it", async () => {
    const train = { ...two, inputs: Float64Array.of(Number.NaN, 1) };
    const result = await runFit(options({ train, objective: (theta, batch) => sum(mul(theta, batch.inputs)) }));
    expect(result.nonFinite?.message).toContain("in the result of mul");
    expect(result.nonFinite?.message).toContain("[1] with NaN there");
    expect(result.nonFinite?.message).toMatch(
      /The batch's inputs hold NaN at example 0 \(its number 0, both counted from 0\): mend that example, or leave it out\.$/,
    );
    expect(result.nonFinite?.message).not.toContain("learning rate");
  });

  it("names the example by its number in the data, whatever the order of the batches, also where a target is ∞ or the example validates", async () => {
    const targets = new Float64Array(7).fill(1);
    targets[5] = Number.NEGATIVE_INFINITY;
    const train: Examples = { size: 7, inputs: new Float64Array(14), inputShape: [2], targets, targetShape: [] };
    const objective: FitOptions<Value>["objective"] = (theta, batch) => sum(mul(sum(theta), batch.targets));
    const result = await runFit(options({ train, objective, optimizer: sgd({ learningRate: 1e-9 }), batchSize: 3 }));
    expect(result.nonFinite?.message).toContain("The batch's targets hold -Infinity at example 5 (its number 0,");
    const validating = await runFit(options({ validation: train, objective, optimizer: sgd({ learningRate: 1e-9 }) }));
    expect(validating.nonFinite?.message).toContain("The validation examples' targets hold -Infinity at example 5");
  });

  it("does not advise on the learning rate where the first parameters are NaN, or a number overflows float32", async () => {
    const nan = await runFit(options({ params: ndarray(backend, [1, Number.NaN]) }));
    expect(nan.nonFinite?.message).toMatch(/Before the batch params holds NaN: start from finite parameters\.$/);
    const single = cpu("float32");
    const huge = await runFit(
      options({
        backend: single,
        params: ndarray(single, [1]),
        train: { ...two, inputs: Float64Array.of(1, 1e39) },
        objective: (theta, batch) => sum(mul(theta, batch.inputs)),
        optimizer: sgd({ learningRate: 1e-9 }),
      }),
    );
    expect(huge.nonFinite?.message).toContain("The batch's inputs hold Infinity at example 1");
  });

  it("does not lose the best parameters to a validation loss that is NaN", async () => {
    // Epoch by epoch θ is 1, −1, −3; the logarithm of the first is 0, of the second NaN.
    const result = await runFit(
      options({ optimizer: sgd({ learningRate: 1 }), validation: two, evaluate: (theta) => ({ loss: sum(log(theta)) }) }),
    );
    expect(result.nonFinite).toMatchObject({ epoch: 2, stage: "validation" });
    expect(result.nonFinite?.message).toContain("the validation loss is NaN. The parameters are those after this batch.");
    expect([result.params.toNested(), result.lastParams.toNested()]).toEqual([[1], [-1]]);
    expect([result.history.length, result.bestEpoch]).toEqual([1, 1]);
  });

  it("is explained with the random numbers of the failing batch", async () => {
    // Only a draw below 0.1 fails; without the same stream the explanation would find nothing.
    const result = await runFit(
      options({
        optimizer: sgd({ learningRate: 1e-6 }),
        epochs: 1000,
        objective: (theta, _, { rng: stream }) =>
          sum(
            log(
              add(
                theta,
                randomArray(stream as Rng, theta.backend, [], (s) => (s.uniform() < 0.1 ? -10 : 0)),
              ),
            ),
          ),
      }),
    );
    expect(result.nonFinite?.message).toContain("in the result of log");
  });

  describe("on a backend that cannot be read without waiting", () => {
    const { readSync: _, ...rest } = backend;
    const deaf: Backend = { ...rest, name: "deaf" };

    it("is explained by reading what each op made", async () => {
      const result = await runFit(options({ backend: deaf, params: ndarray(deaf, [3]), objective: (theta) => sum(log(theta)) }));
      expect(result.nonFinite?.message).toContain("NaN first appears in the forward pass, in the result of log (op 0) at [0]");
    });

    it("is explained where the objective holds arrays of the backend", async () => {
      const held = ndarray(deaf, [1]);
      const result = await runFit(options({ backend: deaf, params: ndarray(deaf, [3]), objective: (theta) => sum(log(mul(held, theta))) }));
      expect(result.nonFinite?.message).toContain("in the result of log (op 1) at [0]");
    });

    it("a minimizer's is, too, with the part of the examples that fails", async () => {
      const result = await runFit({
        params: ndarray(deaf, [0]),
        objective: (theta: Value, { inputs }) => sum(sqrt(mul(inputs, theta))),
        train: two,
        minimizer: lbfgs,
        iterations: 3,
        batchSize: 1,
        backend: deaf,
      });
      expect(result.nonFinite).toMatchObject({ stage: "gradient", batch: 1 });
      expect(result.nonFinite?.message).toContain("in the derivative of sqrt");
    });
  });
});
