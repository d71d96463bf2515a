import { cpu } from "@paramat/backends";
import { add, leaves, matmul, rng } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { rSquared } from "../../src/metrics/r-squared.js";
import { accumulate } from "../../src/optimizers/accumulate.js";
import { clipByNorm } from "../../src/optimizers/clip-by-norm.js";
import { cosineDecay } from "../../src/optimizers/schedules.js";
import { sgd } from "../../src/optimizers/sgd.js";
import { lineReporter } from "../../src/reporters/line-reporter.js";
import { fit as runFit } from "../../src/training/fit.js";
import type { FitOptions } from "../../src/training/fit-options.js";
import { memoryStore } from "../checkpoints/memory-store.js";
import { type Line, lineExamples, squaredResiduals, startLine } from "./regression.js";

const backend = cpu("float64");
const batches = 4;

function options(changes: Partial<FitOptions<Line>> = {}): FitOptions<Line> {
  return {
    params: startLine(backend),
    objective: squaredResiduals,
    optimizer: sgd({ learningRate: 0.05 }),
    train: lineExamples(30, 1),
    epochs: 3,
    batchSize: 8,
    rng: rng(5),
    backend,
    ...changes,
  };
}

const bits = (result: { readonly lastParams: Line }) => leaves(result.lastParams).map((x) => x.toArray());

describe("callbacks", () => {
  it("are waited for, in order, and see the parameters", async () => {
    const heard: string[] = [];
    const seen: Line[] = [];
    const slow = async (text: string) => {
      await new Promise((resolve) => setTimeout(resolve, 1));
      heard.push(text);
    };
    const result = await runFit(
      options({
        epochs: 2,
        callbacks: {
          onBatch: ({ epoch, batch }, { step }) => slow(`batch ${epoch}.${batch} step ${step}`),
          onEpoch: ({ epoch }, { params, history }) => {
            seen.push(params);
            return slow(`epoch ${epoch} of ${history.length}`);
          },
        },
      }),
    );
    expect(heard.slice(3, 6)).toEqual(["batch 1.4 step 4", "epoch 1 of 1", "batch 2.1 step 5"]);
    expect(heard.length).toBe(2 * batches + 2);
    expect(seen[1]).toBe(result.lastParams);
  });

  it("stop a run, which then resumes to the bits of the run that was not stopped", async () => {
    const whole = await runFit(options());
    for (const stopAt of ["onBatch", "onEpoch"] as const) {
      const store = memoryStore();
      const said: string[] = [];
      const stopping =
        stopAt === "onBatch"
          ? { onBatch: (_: unknown, { step }: { step: number }) => step === 6 && "stop" }
          : { onEpoch: async () => "stop" };
      const first = await runFit(
        options({ checkpoint: { store }, callbacks: stopping, reporter: lineReporter((line) => said.push(line)) }),
      );
      expect([first.stoppedBy, first.steps]).toEqual(["callback", stopAt === "onBatch" ? 6 : batches]);
      expect(said.at(-1)).toBe(
        `stopped by a callback ${stopAt === "onBatch" ? "in epoch 2 after batch 2 (6" : "after epoch 1 (4"} updates); saved in memory\n`,
      );
      expect(bits(await runFit(options({ checkpoint: { store }, resume: true })))).toEqual(bits(whole));
    }
  });

  it("that throw end the run with its state saved", async () => {
    const store = memoryStore();
    const onBatch = (_: unknown, { step }: { step: number }) => {
      if (step === 6) throw new Error("mine");
    };
    await expect(runFit(options({ checkpoint: { store }, callbacks: { onBatch } }))).rejects.toThrow("mine");
    expect((await store.load(backend))?.step).toBe(6);
  });
});

describe("history", () => {
  it("has the metrics, the rate of the last update and the mean norm of the gradients, over a resumption too", async () => {
    const norms = await runFit(
      options({
        optimizer: sgd({ learningRate: 0 }),
        objective: (params, batch) => squaredResiduals(params, batch, { training: false }),
        train: lineExamples(8, 1),
        epochs: 1,
      }),
    );
    const still = lineExamples(8, 1);
    const gradient = [0, 0, 0];
    for (let e = 0; e < 8; e++) {
      const [x0, x1] = [still.inputs[2 * e] as number, still.inputs[2 * e + 1] as number];
      const r = 0.5 * x0 + 0.25 * x1 - (still.targets[e] as number);
      [x0, x1, 1].forEach((x, i) => {
        gradient[i] = (gradient[i] as number) + (2 / 8) * r * x;
      });
    }
    expect(norms.history[0]?.gradientNorm).toBeCloseTo(Math.hypot(...gradient), 12);

    const evaluate: NonNullable<FitOptions<Line>["evaluate"]> = (params, batch) => ({
      loss: squaredResiduals(params, batch, { training: false }),
      output: add(matmul(batch.inputs, params.W), params.bias),
    });
    const schedule = cosineDecay({ from: 0.1, steps: 12 });
    const changes = { optimizer: sgd({ learningRate: schedule }), validation: lineExamples(9, 2), evaluate, metrics: { r2: rSquared } };
    const store = memoryStore();
    const said: string[] = [];
    const whole = await runFit(options({ ...changes, reporter: lineReporter((line) => said.push(line)) }));
    await runFit(options({ ...changes, checkpoint: { store }, callbacks: { onBatch: (_, { step }) => step === 6 && "stop" } }));
    const resumed = await runFit(options({ ...changes, checkpoint: { store }, resume: true }));
    const timeless = (history: typeof whole.history) => history.map(({ seconds: _, ...rest }) => rest);
    expect(timeless(resumed.history)).toEqual(timeless(whole.history));
    expect(whole.history.map((r) => r.learningRate)).toEqual([3, 7, 11].map(schedule));
    expect(said[0]).toMatch(/^epoch 1\/3 {2}loss [\d.]+ {2}validation [\d.]+ {2}r2 [-\d.]+ {2}/);
    const targets = Array.from(lineExamples(9, 2).targets);
    const mean = targets.reduce((a, b) => a + b, 0) / 9;
    const variance = targets.reduce((a, t) => a + (t - mean) ** 2, 0) / 9;
    for (const { metrics, validationLoss } of whole.history) expect(metrics?.r2).toBeCloseTo(1 - (validationLoss as number) / variance, 10);
  });

  it("has the rate of what is wrapped", async () => {
    const schedule = (step: number) => 0.1 / (1 + step);
    const optimizer = accumulate(clipByNorm(sgd({ learningRate: schedule }), 1), 2);
    const { history } = await runFit(options({ optimizer }));
    // Four gradients an epoch, two updates: the last of them has the numbers 1, 3 and 5.
    expect(history.map((r) => r.learningRate)).toEqual([1, 3, 5].map(schedule));
  });
});

describe("settings of a checkpoint", () => {
  it("must be the same for a run that resumes", async () => {
    const store = memoryStore();
    const optimizer = sgd({ learningRate: cosineDecay({ from: 0.1, steps: 12 }) });
    const checkpoint = { store, settings: { lambda: 0.1, schedule: ["cosine", 0.1, 12] } };
    await runFit(options({ optimizer, checkpoint, epochs: 1 }));
    const resumed = (settings: { lambda?: number; schedule?: (string | number)[] }) =>
      runFit(options({ optimizer, checkpoint: { store, settings }, resume: true, epochs: 1 }));
    await expect(resumed({ lambda: 0.2 })).rejects.toThrow(
      "resume: memory was written with lambda 0.1 and this run has 0.2; use the same, or start anew from the checkpoint's params",
    );
    await expect(resumed({ schedule: ["cosine", 0.2, 12] })).rejects.toThrow(
      'schedule ["cosine",0.1,12] and this run has ["cosine",0.2,12]',
    );
    expect((await resumed({ lambda: 0.1 })).steps).toBe(batches);
  });
});
