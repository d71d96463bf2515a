import { cpu } from "@paramat/backends";
import { DataError, leaves, rng, type Tree } from "@paramat/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CheckpointStore } from "../../src/checkpoints/checkpoint.js";
import { adam } from "../../src/optimizers/adam.js";
import type { Optimizer } from "../../src/optimizers/optimizer.js";
import { cosineDecay } from "../../src/optimizers/schedules.js";
import { sgd } from "../../src/optimizers/sgd.js";
import { lineReporter } from "../../src/reporters/line-reporter.js";
import { silentReporter } from "../../src/reporters/reporter.js";
import { fit as runFit } from "../../src/training/fit.js";
import type { FitOptions } from "../../src/training/fit-options.js";
import type { FitResult } from "../../src/training/fit-result.js";
import { memoryStore } from "../checkpoints/memory-store.js";
import { type Line, lineExamples, squaredResiduals, startLine } from "./regression.js";

const backend = cpu("float64");
const batches = 4;

function lineOptions(store: CheckpointStore, optimizer: Optimizer, changes: Partial<FitOptions<Line>> = {}): FitOptions<Line> {
  return {
    params: startLine(backend),
    objective: squaredResiduals,
    optimizer,
    train: lineExamples(30, 1),
    validation: lineExamples(9, 2),
    epochs: 3,
    batchSize: 8,
    rng: rng(5),
    backend,
    checkpoint: { store },
    ...changes,
  };
}

/** The options with a reporter that aborts the run at the end of its `at`-th training batch. */
function interruptedAt(at: number, options: FitOptions<Line>): FitOptions<Line> {
  const controller = new AbortController();
  let count = 0;
  return {
    ...options,
    signal: controller.signal,
    reporter: {
      ...(options.reporter ?? silentReporter()),
      batch() {
        if (++count === at) controller.abort();
      },
    },
  };
}

const bits = (tree: Tree) => leaves(tree).map((x) => x.toArray());
/** What must not depend on where a run was interrupted: all but the times. */
const essence = (result: FitResult<Line>) => ({
  params: bits(result.params),
  last: bits(result.lastParams),
  history: result.history.map(({ seconds: _, ...rest }) => rest),
  rest: [result.stoppedBy, result.bestEpoch, result.steps],
});

describe("a run that is interrupted and resumed", () => {
  it("gives the bits of the run that was not: parameters, optimizer state, random stream and losses", async () => {
    const optimizers = [sgd({ learningRate: 0.05, momentum: 0.9 }), adam({ learningRate: cosineDecay({ from: 0.1, steps: 12 }) })];
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 11 }), fc.constantFrom(...optimizers), async (at, optimizer) => {
        const straight = memoryStore();
        const whole = await runFit(lineOptions(straight, optimizer));
        const store = memoryStore();
        const first = await runFit(interruptedAt(at, lineOptions(store, optimizer)));
        expect([first.stoppedBy, first.steps]).toEqual(["interrupted", at]);
        // Another seed and other starting parameters: what counts is in the checkpoint.
        const second = await runFit(lineOptions(store, optimizer, { resume: true, rng: rng(99) }));
        expect(essence(second)).toEqual(essence(whole));
        const [a, b] = [await straight.load(backend), await store.load(backend)];
        expect(bits(b?.optimizerState as Tree)).toEqual(bits(a?.optimizerState as Tree));
        expect([b?.rng, b?.epochRng]).toEqual([a?.rng, a?.epochRng]);
      }),
      { numRuns: 12 },
    );
  });

  it("may be interrupted after every batch", async () => {
    const optimizer = adam({ learningRate: 0.05 });
    const whole = await runFit(lineOptions(memoryStore(), optimizer));
    const store = memoryStore();
    let last = await runFit(interruptedAt(1, lineOptions(store, optimizer)));
    for (let i = 0; i < 2 * 3 * batches && last.stoppedBy === "interrupted"; i++) {
      last = await runFit(interruptedAt(1, lineOptions(store, optimizer, { resume: true })));
    }
    expect(essence(last)).toEqual(essence(whole));
  });

  it("continues to more epochs than were asked for at first", async () => {
    const optimizer = sgd({ learningRate: 0.05 });
    const store = memoryStore();
    await runFit(lineOptions(store, optimizer, { epochs: 1 }));
    const longer = await runFit(lineOptions(store, optimizer, { resume: true }));
    expect(essence(longer)).toEqual(essence(await runFit(lineOptions(memoryStore(), optimizer))));
  });

  it("does nothing more where all epochs are done", async () => {
    const optimizer = sgd({ learningRate: 0.05 });
    const store = memoryStore();
    const done = await runFit(lineOptions(store, optimizer));
    const saves = store.saved.length;
    expect(essence(await runFit(lineOptions(store, optimizer, { resume: true })))).toEqual(essence(done));
    expect(store.saved.length).toBe(saves);
  });

  it("remembers that its patience was spent", async () => {
    const optimizer = sgd({ learningRate: 0 });
    const store = memoryStore();
    const options = lineOptions(store, optimizer, { patience: 1 });
    expect((await runFit(options)).stoppedBy).toBe("patience");
    expect(await runFit({ ...options, resume: true })).toMatchObject({ stoppedBy: "patience", steps: 2 * batches });
  });

  it("says where it stopped and where it goes on", async () => {
    const said: string[] = [];
    const reporter = lineReporter((line) => said.push(line));
    const store = memoryStore();
    const optimizer = sgd({ learningRate: 0.05 });
    await runFit(interruptedAt(6, lineOptions(store, optimizer, { reporter })));
    await runFit(lineOptions(store, optimizer, { reporter, resume: true, epochs: 2 }));
    expect(said).toContain("interrupted in epoch 2 after batch 2 (6 updates); saved in memory\n");
    expect(said).toContain("resuming memory after 1 epochs and 2 batches (6 updates)\n");
    await runFit(lineOptions(memoryStore(), optimizer, { reporter, resume: true, epochs: 0 }));
    expect(said.at(-1)).toBe("memory holds no checkpoint yet: starting from the beginning\n");
  });

  it("refuses a checkpoint of another network, backend, optimizer or batch size", async () => {
    const optimizer = sgd({ learningRate: 0.05 });
    const store = memoryStore();
    await runFit(lineOptions(store, optimizer, { epochs: 1 }));
    const refused = (changes: Partial<FitOptions<Line>>) =>
      expect(runFit(lineOptions(store, optimizer, { resume: true, ...changes }))).rejects;
    await refused({ optimizer: adam() }).toThrow(DataError);
    await refused({ batchSize: 9 }).toThrow("resume: memory was written with batchSize 8 and this run has 9");
    await refused({ optimizer: sgd({ learningRate: 0.04 }) }).toThrow("the optimizer's learningRate 0.05 and this run has 0.04");
    await refused({ train: lineExamples(30, 3) }).toThrow("resume: memory was written with other training examples");
    const single = cpu("float32");
    await refused({ backend: single, params: startLine(single) }).toThrow("was written on cpu-float64 and this run is on cpu-float32");
    const other = { ...startLine(backend), extra: startLine(backend).bias };
    await refused({ params: other }).toThrow("it has no array where this run has params.extra [1]");
  });
});

describe("checkpoints of a run", () => {
  it("are saved at the start, when due, and at the end", async () => {
    const store = memoryStore();
    const checkpoint = { store, everySteps: 3, everyEpochs: 2, meta: { network: "line" } };
    await runFit(lineOptions(store, sgd({ learningRate: 0.05 }), { checkpoint }));
    // Steps 3, 6, 9 and 12; after epochs 2 (step 8) and 3, which is the end (step 12 again, with the validation).
    expect(store.saved.map((c) => [c.step, c.epoch])).toEqual([
      [0, 0],
      [3, 0],
      [6, 1],
      [8, 2],
      [9, 2],
      [12, 2],
      [12, 3],
    ]);
    expect(store.saved.at(-1)?.meta).toEqual({ network: "line" });
  });

  it("are saved before an error of the objective is passed on", async () => {
    const store = memoryStore();
    let count = 0;
    const objective: FitOptions<Line>["objective"] = (params, batch, context) => {
      if (++count === 3) throw new Error("mine");
      return squaredResiduals(params, batch, context);
    };
    await expect(runFit(lineOptions(store, sgd({ learningRate: 0.05 }), { objective, compile: false }))).rejects.toThrow("mine");
    expect(store.saved.map((c) => c.step)).toEqual([0, 2]);
  });

  it("that cannot be saved stop a run before it begins, and never after", async () => {
    const said: string[] = [];
    const failing = (from: number): CheckpointStore => {
      let saves = 0;
      return { ...memoryStore(), save: async () => void (++saves >= from && fail()) };
    };
    const fail = () => {
      throw new Error("disk full");
    };
    const optimizer = sgd({ learningRate: 0.05 });
    const reporter = lineReporter((line) => said.push(line));
    await expect(runFit(lineOptions(failing(1), optimizer))).rejects.toThrow("disk full");
    const result = await runFit(lineOptions(failing(2), optimizer, { reporter }));
    expect([result.stoppedBy, result.steps, result.saveError?.message]).toEqual(["epochs", 12, "disk full"]);
    expect(said.filter((line) => line.startsWith("could not save"))).toEqual(
      // One for each of the three epochs; the end of the run fails as the last epoch did, and says no more.
      new Array(3).fill("could not save memory: disk full; the run goes on and tries again at the next occasion\n"),
    );
  });

  it("that cannot be saved at the end alone are complained of once", async () => {
    const said: string[] = [];
    const store = memoryStore();
    const failing: CheckpointStore = {
      ...store,
      save: (checkpoint) => (checkpoint.step === 0 ? store.save(checkpoint) : Promise.reject(new Error("disk full"))),
    };
    const optimizer = sgd({ learningRate: 0.05 });
    const reporter = lineReporter((line) => said.push(line));
    const result = await runFit(interruptedAt(2, lineOptions(failing, optimizer, { reporter })));
    expect(result.saveError?.message).toBe("disk full");
    expect(said).toEqual([
      "could not save memory: disk full; the run's last state is in memory only\n",
      "interrupted in epoch 1 after batch 2 (2 updates)\n",
    ]);
  });
});
