import { cpu } from "@paramat/backends";
import { leaves, maximum, rng, type Tree } from "@paramat/core";
import {
  type AveragedState,
  accumulate,
  adagrad,
  adamW,
  averaged,
  averageOf,
  clipByNorm,
  fit,
  lion,
  type Optimizer,
  oneCycle,
  perSubtree,
  projected,
  rmsprop,
} from "@paramat/optim";
import { describe, expect, it } from "vitest";
import { silentReporter } from "../../src/reporters/reporter.js";
import { memoryStore } from "../checkpoints/memory-store.js";
import { type Line, lineExamples, squaredResiduals, startLine } from "../training/regression.js";

const backend = cpu("float64");
const bias = (path: string) => path === ".bias";
const rest = () => true;

/** Wrapped as deep as may be, with a state in which there are empty branches. */
const wrapped = (): Optimizer<AveragedState<Tree>> =>
  averaged<Tree>(
    accumulate(
      perSubtree([
        { select: bias, optimizer: rmsprop({ learningRate: 0.05 }) },
        { select: rest, optimizer: clipByNorm(adamW({ learningRate: oneCycle({ peak: 0.3, steps: 120 }) }), 1) },
      ]),
      2,
    ),
    { start: 50 },
  );

const options = (optimizer: Optimizer, epochs: number) => ({
  params: startLine(backend),
  objective: squaredResiduals,
  optimizer,
  train: lineExamples(32, 1),
  validation: lineExamples(9, 2),
  epochs,
  batchSize: 8,
  rng: rng(5),
  backend,
  reporter: silentReporter(),
});

describe("wrapped optimizers in fit", () => {
  it("train, compiled and not, to the same numbers up to rounding", async () => {
    const runs = await Promise.all([true, false].map((compile) => fit<Line>({ ...options(wrapped(), 60), compile })));
    const [a, b] = runs.map(({ lastParams }) => leaves(lastParams).flatMap((x) => [...x.toArray()]));
    a?.forEach((x, i) => void expect(Math.abs(x - (b?.[i] as number))).toBeLessThanOrEqual(1e-9));
    [2, -3, 1].forEach((x, i) => void expect(Math.abs((a?.[i] as number) - x)).toBeLessThan(0.1));
  });

  it("resume from a checkpoint with the same bits, and hand their average over", async () => {
    const whole = memoryStore();
    await fit<Line>({ ...options(wrapped(), 16), checkpoint: { store: whole } });
    const parts = memoryStore();
    await fit<Line>({ ...options(wrapped(), 7), checkpoint: { store: parts } });
    const found = await fit<Line>({ ...options(wrapped(), 16), checkpoint: { store: parts }, resume: true });
    const [one, two] = await Promise.all([whole, parts].map((store) => store.load(backend)));
    const numbers = (tree: Tree | undefined) => leaves(tree as Tree).map((x) => [...x.toArray()]);
    expect(numbers(two?.optimizerState)).toEqual(numbers(one?.optimizerState));
    expect(numbers(found.optimizerState)).toEqual(numbers(one?.optimizerState));
    const average = averageOf(found.optimizerState, found.params);
    expect(average.W.shape).toEqual([2, 1]);
    expect(average.W.toArray().every(Number.isFinite)).toBe(true);
  });

  it.each([
    ["adagrad", adagrad({ learningRate: 0.5 })],
    ["lion", lion({ learningRate: 0.05 })],
    ["projected rmsprop", projected<Tree, Line>(rmsprop({ learningRate: 0.05 }), ({ W, bias: b }) => ({ W, bias: maximum(b, 0) }))],
  ] as [string, Optimizer][])("%s lowers the loss", async (_, optimizer) => {
    const { history } = await fit<Line>(options(optimizer, 20));
    expect(history.at(-1)?.trainLoss as number).toBeLessThan((history[0]?.trainLoss as number) / 10);
  });
});
