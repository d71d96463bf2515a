import {
  accuracy,
  add,
  type Backend,
  type Batch,
  type Dataset,
  type Examples,
  type FitByMinimizerOptions,
  type FitOptions,
  type ForwardContext,
  type NetworkParams,
  oneHotRows,
  rng,
  type Split,
  softmaxCrossEntropy,
} from "paramat";
import type { Model } from "./model.js";
import { isMinimizer } from "./optimizer-names.js";
import { minimizers, optimizerOf } from "./optimizer-of.js";
import { penaltyOf } from "./penalty-of.js";
import type { Settings } from "./settings.js";

/** What `fit` is asked for: min over W, θ of E(C, W σ(K(θ)Y + b)) + λ R(W, θ). */
export function taskOf(
  settings: Settings,
  { net, featureShape }: Model,
  { train, test, shape, classes }: Dataset,
  backend: Backend,
): FitOptions<NetworkParams> | FitByMinimizerOptions<NetworkParams> {
  const { optimizer, learningRate, batchSize, epochs, regularizer, lambda, seed } = settings;
  const penalty = penaltyOf(regularizer, lambda, featureShape);
  const examplesOf = ({ size, images, labels }: Split): Examples => ({
    ...{ size, inputs: images, inputShape: shape },
    ...{ targets: oneHotRows(labels, classes.length), targetShape: [classes.length] },
  });
  const task = {
    params: net.init(rng(seed), backend),
    objective(params: NetworkParams, { inputs, targets }: Batch, context: ForwardContext) {
      const E = softmaxCrossEntropy(net.forward(params, inputs, context), targets);
      return penalty ? add(E, penalty(params)) : E;
    },
    evaluate(params: NetworkParams, { inputs, targets }: Batch) {
      const output = net.forward(params, inputs);
      return { loss: softmaxCrossEntropy(output, targets), output };
    },
    metrics: { accuracy },
    train: examplesOf(train),
    validation: examplesOf(test),
    backend,
    // What is seen on the page is the network as it is, not as it once was.
    keepBest: false,
  };
  if (isMinimizer(optimizer)) return { ...task, minimizer: minimizers[optimizer], iterations: epochs };
  return { ...task, optimizer: optimizerOf(optimizer, learningRate), epochs, batchSize, rng: rng(seed + 1) };
}
