/**
 * A smooth classifier: few images of digits, a softmax classifier whose rows of W are images too, and what the Laplacian makes of them:
 * `npx tsx --conditions=paramat-source examples/smooth-classifier.ts [folder for the pictures] [--data digits | optdigits | mnist]`.
 */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  add,
  countCorrect,
  cpu,
  gather,
  generateDigits,
  kFold,
  laplacianPenalty,
  lbfgs,
  matmul,
  mul,
  ndarray,
  oneHotRows,
  oscillation,
  type Regularizer,
  rng,
  type Split,
  softmaxCrossEntropy,
  tikhonov,
  type Value,
  zeros,
} from "paramat";
import { type DatasetName, loadDataset } from "paramat/node";
import { foldPlot, weightImages } from "paramat/plots";

const { values: given, positionals } = parseArgs({ options: { data: { type: "string", default: "digits" } }, allowPositionals: true });
const folder = positionals[0] ?? mkdtempSync(join(tmpdir(), "paramat-"));
mkdirSync(folder, { recursive: true });

// 150 images to learn from, 1000 to test on; the generated digits have 12 × 12 pixels.
const count = { train: 150, test: 1000 };
const data =
  given.data === "digits" ? generateDigits({ ...count, size: 12, seed: 1 }) : await loadDataset(given.data as DatasetName, count);
const [height, width] = data.shape as [number, number, number];
const pixels = height * width;

const backend = cpu("float64");
const [Z, C] = matrices(data.train);
const [testZ, testC] = matrices(data.test);

/** Z, [images, pixels], and C, [images, 10]. */
function matrices({ images, labels, size }: Split): readonly [Value, Value] {
  return [ndarray(backend, images, [size, pixels]), ndarray(backend, oneHotRows(labels, 10), [size, 10])];
}

// min E(W, b) + R(W), E the mean cross-entropy of softmax(Z Wᵀ + b). A row of W weighs pixels: w·y ≈ ∫ w(ξ) y(ξ) dξ, so it is an image as y is.
type Classifier = { readonly W: Value; readonly bias: Value };
const nothing: Classifier = { W: zeros(backend, [10, pixels]), bias: zeros(backend, [10]) };
const output = ({ W, bias }: Classifier, images: Value) => add(matmul(images, W, { transposeB: true }), bias);
const entropy = (at: Classifier, images: Value, classes: Value) => softmaxCrossEntropy(output(at, images), classes);

// R: nothing, ½λ‖W‖² (small weights), or ½λ‖LW‖² with L ≈ ∇² on the grid of pixels (smooth weights), which go to 0 beyond the border; h = 1,
// lengths in pixels.
const asImages = [height, width, 1] as const;
const select = (path: string) => path === ".W";
const regularizers: Readonly<Record<string, (lambda: number) => Regularizer>> = {
  Tikhonov: (lambda) => tikhonov(lambda, { select }),
  Laplacian: (lambda) => laplacianPenalty(lambda, { asImages, h: 1, boundary: "zero", select }),
};
const lambdas = [1e-5, 1e-4, 1e-3, 3e-3, 1e-2, 1e-1, 1];

async function trained(images: Value, classes: Value, penalty: Regularizer | undefined, warm = nothing): Promise<Classifier> {
  const objective = (at: Classifier) => (penalty ? add(entropy(at, images, classes), penalty(at)) : entropy(at, images, classes));
  return (await lbfgs(objective, warm, { gradientTolerance: 1e-3, maxIterations: 100 })).params;
}

// 1. Without a regularizer: there are more weights than images, so E has no minimum, and W grows for as long as one lets it.
const weights: Record<string, Classifier> = { none: await trained(Z, C, undefined) };
const chosen: Record<string, number> = {};

// 2. With one: λ by five-fold cross-validation on the training images alone.
for (const [name, penalty] of Object.entries(regularizers)) {
  const choice = await kFold<Classifier>({
    numExamples: count.train,
    folds: 5,
    lambdas,
    rng: rng(1),
    fit: (lambda, train, warm) => trained(gather(Z, train), gather(C, train), penalty(lambda), warm),
    error: (found, heldOut) => entropy(found, gather(Z, heldOut), gather(C, heldOut)).item(),
  });
  console.log(`${name}, cross-entropy in nats: ${choice}\n`);
  save(name.toLowerCase(), await foldPlot(choice, { title: `${name}: λ by five folds` }));
  chosen[name] = choice.lambda;
  weights[name] = await trained(Z, C, penalty(choice.lambda));
}

// 3. Side by side. The frequency is that of a wave with the same ‖LW‖/‖W‖, in periods across the image.
console.log("regularizer          λ   training images   test images      ‖W‖   oscillation (periods)");
const rows = Object.entries(weights).map(([name, found]) => {
  const share = (images: Value, classes: Value) => countCorrect(output(found, images), classes) / classes.shape[0]!;
  const { frequency, rows: each } = oscillation(found.W, { asImages });
  const size = Math.sqrt(each.reduce((sum, { energy }) => sum + energy, 0));
  return { name, train: share(Z, C), test: share(testZ, testC), size, frequency };
});
for (const { name, train, test, size, frequency } of rows) {
  const lambda = chosen[name]?.toExponential(1) ?? "0";
  const percent = (x: number, columns: number) => `${(100 * x).toFixed(1)} %`.padStart(columns);
  console.log(
    `${name.padEnd(12)}${lambda.padStart(10)}${percent(train, 18)}${percent(test, 14)}${size.toFixed(1).padStart(9)}${frequency.toFixed(2).padStart(24)}`,
  );
}
const look = { asImages: [height, width, 1], labels: data.classes, columns: 10 } as const;
const asTheyAre = Object.fromEntries(Object.entries(weights).map(([name, { W }]) => [name, W]));
// Divided by ‖W‖, since the size alone says nothing of which class wins.
const ofOneLength = Object.fromEntries(rows.map(({ name, size }) => [name, mul(1 / size, asTheyAre[name] as Value)]));
save("weights", await weightImages(asTheyAre, { ...look, title: "W as images" }));
save("weights-of-one-length", await weightImages(ofOneLength, { ...look, title: "W as images, each divided by ‖W‖" }));
console.log(`pictures: ${folder}`);

const [none, , smooth] = rows as [(typeof rows)[0], (typeof rows)[0], (typeof rows)[0]];
assert(smooth.frequency < 0.7 * none.frequency, "the Laplacian's weights oscillate less");
// Whether smooth weights classify better is for the data to say; these they do.
if (given.data === "digits") assert(smooth.test >= none.test, "and classify new images no worse");

function save(picture: string, svg: string): void {
  writeFileSync(join(folder, `smooth-classifier-${picture}.svg`), svg);
}
