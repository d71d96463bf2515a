/** A network in code, trained with fit, and its accuracy asserted: the README's first program carried to its end. */
import assert from "node:assert/strict";
import {
  accuracy,
  activation,
  adam,
  add,
  type Batch,
  conv,
  cpu,
  dense,
  fit,
  generateDigits,
  lineReporter,
  maxPooling,
  measure,
  type NetworkParams,
  network,
  oneHotRows,
  relu,
  rng,
  type Split,
  softmaxCrossEntropy,
  tikhonov,
} from "paramat";

const backend = cpu("float32");
const digits = generateDigits({ train: 800, test: 300, seed: 3 });
const net = network([conv({ channels: 6, kernel: 5 }), activation(relu), maxPooling({ window: 4 }), dense(10)], { inShape: digits.shape });
console.log(net.summary());

const examples = ({ size, images, labels }: Split) => ({
  size,
  inputs: images,
  inputShape: digits.shape,
  targets: oneHotRows(labels, 10),
  targetShape: [10],
});
const regularize = tikhonov(1e-4);
const objective = (params: NetworkParams, { inputs, targets }: Batch) =>
  add(softmaxCrossEntropy(net.forward(params, inputs), targets), regularize(params));
const evaluate = (params: NetworkParams, { inputs, targets }: Batch) => {
  const output = net.forward(params, inputs);
  return { loss: softmaxCrossEntropy(output, targets), output };
};

const { params } = await fit({
  params: net.init(rng(1), backend),
  objective,
  optimizer: adam({ learningRate: 5e-3 }),
  train: examples(digits.train),
  epochs: 6,
  batchSize: 32,
  rng: rng(2),
  backend,
  reporter: lineReporter((text) => process.stdout.write(text)),
});
const { metrics } = await measure(params, examples(digits.test), evaluate, { backend, metrics: { accuracy } });
console.log(`test accuracy ${metrics.accuracy}`);
assert.ok(metrics.accuracy > 0.7);
