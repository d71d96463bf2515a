import type { Backend } from "@paramat/backends";
import { add, ndarray, rng, type Value } from "@paramat/core";
import { type Dataset, takeFirst } from "@paramat/data";
import { dense, type NetworkParams, network, softmaxCrossEntropy } from "@paramat/layers";
import { accuracy, adam, type Batch, cosineDecay, type Examples, fit, measure } from "@paramat/optim";
import { tikhonov } from "@paramat/regularizers";
import { examplesOf } from "./examples-of.js";
import { featureSpectrum } from "./feature-spectrum.js";
import { type LectureModel, lectureModels } from "./lecture-models.js";

/** What one model of the lecture came to. */
export interface LectureRow {
  readonly name: string;
  /** Entries of θ (without b). */
  readonly thetaParams: number;
  readonly trainAccuracy: number;
  readonly testAccuracy: number;
  readonly seconds: number;
  /** Of the features Z = σ(K(θ)Y + b) of the training examples. */
  readonly condition: number;
  readonly rank: number;
}

export interface LectureOptions {
  readonly backend: Backend;
  readonly seed: number;
  readonly lambda: number;
  /** Few, so that a model with many parameters has too little to go by. */
  readonly examples: number;
  readonly epochs: number;
  /** Called as each row is there. */
  readonly onRow?: (row: LectureRow) => void;
  readonly signal?: AbortSignal;
}

/** The lecture's single-layer model min E(C, W σ(K(θ)Y + b)) + λ R(W, θ), trained alike for every K(θ) of the lecture. */
export async function lectureTable(dataset: Dataset, options: LectureOptions): Promise<LectureRow[]> {
  const rows: LectureRow[] = [];
  for (const model of lectureModels(dataset.shape)) {
    if (options.signal?.aborted) break;
    const row = await trainModel(model, dataset, options);
    options.onRow?.(row);
    rows.push(row);
  }
  return rows;
}

async function trainModel({ name, features }: LectureModel, dataset: Dataset, options: LectureOptions): Promise<LectureRow> {
  const { backend, seed, lambda, epochs, signal } = options;
  const started = performance.now();
  const first = network(features, { inShape: dataset.shape });
  const net = network([...features, dense(dataset.classes.length)], { inShape: dataset.shape });
  const split = takeFirst(dataset.train, options.examples);
  const train = examplesOf(dataset, split);
  const regularize = tikhonov(lambda);
  const batchSize = 32;
  const evaluate = (params: NetworkParams, { inputs, targets }: Batch) => {
    const output = net.forward(params, inputs);
    return { loss: softmaxCrossEntropy(output, targets), output };
  };
  const { params } = await fit({
    params: net.init(rng(seed), backend),
    objective: (params: NetworkParams, { inputs, targets }: Batch): Value =>
      add(softmaxCrossEntropy(net.forward(params, inputs), targets), regularize(params)),
    optimizer: adam({ learningRate: cosineDecay({ from: 1e-2, steps: epochs * Math.ceil(train.size / batchSize) }) }),
    train,
    epochs,
    batchSize,
    rng: rng(seed + 1),
    backend,
    ...(signal && { signal }),
  });
  const seconds = (performance.now() - started) / 1000;
  const accuracyOn = async (examples: Examples) =>
    (await measure(params, examples, evaluate, { backend, metrics: { accuracy } })).metrics.accuracy;
  const Z = first.forward(params, ndarray(backend, split.images, [split.size, ...dataset.shape]));
  return {
    name,
    thetaParams: first.numParams - (first.outShape.at(-1) as number),
    trainAccuracy: await accuracyOn(train),
    testAccuracy: await accuracyOn(examplesOf(dataset, dataset.test)),
    seconds,
    ...featureSpectrum(Z),
  };
}
