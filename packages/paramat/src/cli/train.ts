import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Backend } from "@paramat/backends";
import { add, isValue, rng } from "@paramat/core";
import { type Dataset, splitOff } from "@paramat/data";
import { loadDataset } from "@paramat/data/node";
import { type ForwardContext, type Network, type NetworkParams, softmaxCrossEntropy } from "@paramat/layers";
import {
  accuracy,
  adam,
  type Batch,
  confusionMatrix,
  cosineDecay,
  type EpochRecord,
  fit,
  lbfgs,
  measure,
  newtonCg,
  reporterFor,
} from "@paramat/optim";
import { fileStore, interruptSignal } from "@paramat/optim/node";
import { tikhonov } from "@paramat/regularizers";
import { backendOf } from "./backend-of.js";
import { examplesOf } from "./examples-of.js";
import { type LectureRow, lectureTable } from "./lecture-table.js";
import { plannedRun } from "./planned-run.js";
import { prepareFolder } from "./prepare-folder.js";
import { digitNetwork, presets } from "./presets.js";
import { lectureHead, lectureLine } from "./print-lecture.js";
import { resumeCommand } from "./resume-command.js";
import type { RunSettings } from "./run-settings.js";
import type { TrainOptions } from "./train-options.js";

/** A tenth of the training examples is held out to tell when to stop. */
const HELD_OUT = 0.1;

const TABLE_EXAMPLES = 500;
const TABLE_EPOCHS = 25;

/**
 * The main job: min over W, θ of E(C, W σ(K(θ)Y + b)) + λ R(W, θ) on digits, with progress, a confusion matrix, pictures and a checkpoint.
 * @param closed set off when nobody reads the output any more, which ends the run as Ctrl-C would
 * @returns the exit code: 0, 1 if NaN or ∞ came up or the end could not be saved, 130 if interrupted, 141 if the output was closed
 */
export async function train(options: TrainOptions, closed: AbortSignal): Promise<number> {
  const started = performance.now();
  const { out } = options;
  await prepareFolder(out);
  const { settings, file, stored } = await plannedRun(options);
  const { data: name, train: limit, minimizer, epochs, batch: batchSize, learningRate, seed, lambda } = settings;
  const backend = await backendOf(settings);
  const preset = { ...presets[name], ...(minimizer && { dropout: 0 }) };
  if (stored?.epochs !== undefined && stored.epochs < epochs)
    console.log(
      minimizer
        ? `${epochs} iterations where ${stored.epochs} were planned`
        : `${epochs} epochs where ${stored.epochs} were planned: the learning rate follows the longer plan from here on`,
    );
  const dataset = await loadDataset(name, {
    seed,
    ...(limit === null ? {} : { train: limit }),
    log: console.log,
    download: options.download,
  });
  const stream = rng(seed);
  const { rest, held } = splitOff(dataset.train, Math.max(1, Math.round(HELD_OUT * dataset.train.size)), stream.split());
  const net = digitNetwork(dataset.shape, dataset.classes.length, preset);
  console.log(
    `${name}: ${rest.size} examples to train on, ${held.size} held out, ${dataset.test.size} to test on; ${backend.executedOn ?? backend.name}, seed ${seed}\n`,
  );
  console.log(`${net.summary()}\n`);

  const regularize = tikhonov(lambda);
  const interrupt = interruptSignal(undefined, closed);
  const evaluate = (params: NetworkParams, batch: Batch) => {
    const output = net.forward(params, batch.inputs);
    return { loss: softmaxCrossEntropy(output, batch.targets), output };
  };
  const training = {
    params: net.init(stream.split(), backend),
    objective: (params: NetworkParams, batch: Batch, context: ForwardContext) => {
      const E = softmaxCrossEntropy(net.forward(params, batch.inputs, context), batch.targets);
      return lambda === 0 ? E : add(E, regularize(params));
    },
    evaluate,
    metrics: { accuracy },
    train: examplesOf(dataset, rest),
    validation: examplesOf(dataset, held),
    batchSize,
    backend,
    reporter: reporterFor(process.stdout),
    checkpoint: { store: fileStore(file), meta: { ...settings } },
    resume: options.resume,
    signal: interrupt.signal,
  };
  const result = await (minimizer
    ? fit({ ...training, minimizer: minimizer === "lbfgs" ? lbfgs : newtonCg, iterations: epochs })
    : fit({
        ...training,
        optimizer: adam({ learningRate: cosineDecay({ from: learningRate, steps: epochs * Math.ceil(rest.size / batchSize) }) }),
        epochs,
        rng: stream.split(),
      })
  ).finally(() => interrupt.dispose());
  const saved = result.saveError ? `not saved: ${file}: ${result.saveError.message}` : `checkpoint: ${file}`;
  const secondsSoFar = () => Number(((performance.now() - started) / 1000).toFixed(2));
  const outcome = { data: name, backend: backend.name, parameters: net.numParams };
  if (result.stoppedBy === "interrupted") {
    console.log(result.saveError ? saved : `Go on with: ${resumeCommand(options.args, process.env.npm_lifecycle_event)}`);
    if (options.json) console.log(JSON.stringify({ ...outcome, testAccuracy: null, seconds: secondsSoFar(), interrupted: true }));
    if (result.saveError) return 1;
    return closed.aborted ? 141 : 130;
  }

  const { confusion } = (
    await measure(result.params, examplesOf(dataset, dataset.test), evaluate, {
      backend,
      metrics: { confusion: confusionMatrix(dataset.classes) },
    })
  ).metrics;
  const correct = confusion.counts.reduce((count, row, i) => count + (row[i] as number), 0);
  const testAccuracy = confusion.accuracy;
  console.log(`\n${confusion}`);
  console.log(`\ntest accuracy ${(100 * testAccuracy).toFixed(2)} % (${correct} of ${dataset.test.size})`);
  if (options.plots) console.log(`pictures: ${(await draw(out, name, result.history, net, result.params)).join(", ")}`);
  if (options.table && name === "digits") await compareModels(dataset, settings, backend, closed);
  if (backend.activity) console.log(`${backend.executedOn}: ${backend.activity()}`);
  const seconds = secondsSoFar();
  console.log(`${saved}\n${seconds.toFixed(1)} s in all`);
  if (options.json) console.log(JSON.stringify({ ...outcome, testAccuracy, seconds }));
  return result.stoppedBy === "non-finite" || result.saveError ? 1 : 0;
}

/** Writes the training history and the stencils of the convolutions. @returns the files */
async function draw(folder: string, name: string, history: readonly EpochRecord[], net: Network, params: NetworkParams): Promise<string[]> {
  const { historyPlot, stencilPlot } = await import("../plots/index.js");
  const stencils = net.layers.flatMap(({ name: layer }) => {
    const theta = params[layer]?.theta;
    return isValue(theta) && theta.shape.length === 4 ? [{ layer, theta }] : [];
  });
  const pictures = [
    { file: `${name}-loss.svg`, svg: await historyPlot(history, { title: `Training on ${name}` }) },
    ...(await Promise.all(
      stencils.map(async ({ layer, theta }) => ({
        file: `${name}-${layer}-stencils.svg`,
        svg: await stencilPlot(theta, { title: `Stencils of ${layer}` }),
      })),
    )),
  ];
  const files = pictures.map(({ file }) => join(folder, file));
  await Promise.all(pictures.map(({ svg }, i) => writeFile(files[i] as string, svg)));
  return files;
}

/** The lecture's comparison: the same single-layer model with every K(θ), on few examples. */
async function compareModels(dataset: Dataset, { seed, lambda }: RunSettings, backend: Backend, signal: AbortSignal): Promise<void> {
  const examples = Math.min(TABLE_EXAMPLES, dataset.train.size);
  console.log(`\none layer, W tanh(K(θ)Y + b), on the first ${examples} examples: few parameters, or many to fit an elephant with\n`);
  console.log(lectureHead());
  const onRow = (row: LectureRow) => console.log(lectureLine(row));
  await lectureTable(dataset, { backend, seed, lambda, examples, epochs: TABLE_EPOCHS, onRow, signal });
  console.log("");
}
