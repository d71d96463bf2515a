// Weights that were trained on 16 × 16 images classify 32 × 32 images of the same digits. A stencil is a differential operator with a grid in it: with
// that grid changed, K(θ) does on fine images what it did on coarse ones, and without it the same numbers mean something else.
import assert from "node:assert/strict";
import {
  activation,
  adam,
  add,
  averagePooling,
  avgPool,
  conv,
  cosineDecay,
  countCorrect,
  cpu,
  dense,
  differentialConvolution,
  fit,
  generateDigits,
  type Layer,
  type Network,
  type NetworkParams,
  ndarray,
  network,
  oneHotRows,
  parametric,
  rediscretizeNetwork,
  rng,
  type Split,
  separableConvolution,
  softmaxCrossEntropy,
  tanh,
  tikhonov,
} from "paramat";

const backend = cpu("float32");
const [coarseSize, fineSize, drawnSize] = [16, 32, 64];
const [epochs, batchSize, channels] = [8, 50, 8];
const digits = generateDigits({ train: 2000, test: 1000, size: drawnSize, seed: 1 });

/** Images whose functions are smooth, as through a lens: blurred by a Gaussian with a deviation of 0.04 of the image, then seen by fewer pixels. */
function photographed({ size, images, labels }: Split): Split {
  const width = 25;
  const lens = separableConvolution([drawnSize, drawnSize, 1], { channels: 1, kernel: width, boundary: "replicate" });
  const bell = Array.from({ length: width }, (_, j) => Math.exp(-(((j - 12) / (0.04 * drawnSize)) ** 2) / 2));
  const total = bell.reduce((a, b) => a + b);
  const stencil = ndarray(
    backend,
    bell.map((x) => x / total),
    [width, 1, 1],
  );
  const [batch, numbers] = [250, drawnSize * drawnSize];
  const seen = new Float32Array(size * fineSize * fineSize);
  for (let e = 0; e < size; e += batch) {
    const y = ndarray(backend, images.subarray(e * numbers, (e + batch) * numbers), [batch, drawnSize, drawnSize, 1]);
    const z = avgPool(lens.apply({ axis0: stencil, axis1: stencil }, y), { window: drawnSize / fineSize });
    seen.set(z.toArray(), e * fineSize * fineSize);
  }
  return { size, images: seen, labels };
}

/** The same images with a quarter of the pixels. */
function coarsened({ size, images, labels }: Split): Split {
  const fine = ndarray(backend, images, [size, fineSize, fineSize, 1]);
  return { size, images: Float32Array.from(avgPool(fine, { window: fineSize / coarseSize }).toArray()), labels };
}

const fineTest = photographed(digits.test);
const coarseDigits = { train: coarsened(photographed(digits.train)), test: coarsened(fineTest) };

/** Two layers of K(θ), means over the same sixteen parts of the image whatever its pixels, and a linear classifier. */
function classifier(pixels: number, K: () => Layer): Network {
  return network([K(), activation(tanh), K(), activation(tanh), averagePooling({ window: pixels / 4 }), dense(10)], {
    inShape: [pixels, pixels, 1],
  });
}

async function trained(net: Network, { size, images, labels }: Split): Promise<NetworkParams> {
  const stream = rng(1);
  const regularize = tikhonov(1e-3);
  const result = await fit({
    params: net.init(stream.split(), backend),
    objective: (params: NetworkParams, batch) =>
      add(softmaxCrossEntropy(net.forward(params, batch.inputs), batch.targets), regularize(params)),
    optimizer: adam({ learningRate: cosineDecay({ from: 0.01, steps: (epochs * size) / batchSize }) }),
    train: { size, inputs: images, inputShape: net.inShape, targets: oneHotRows(labels, 10), targetShape: [10] },
    epochs,
    batchSize,
    rng: stream.split(),
    backend,
  });
  return result.params;
}

function accuracy(net: Network, params: NetworkParams, { size, images, labels }: Split): number {
  const output = net.forward(params, ndarray(backend, images, [size, ...net.inShape]));
  return countCorrect(output, ndarray(backend, oneHotRows(labels, 10), [size, 10])) / size;
}

const show = (title: string, value: number) => console.log(`  ${title.padEnd(44)}${(100 * value).toFixed(1).padStart(6)} %`);

// 1. Free 3 × 3 stencils.
const stencils = () => conv({ channels, kernel: 3, boundary: "symmetric" });
const [coarse, fine] = [classifier(coarseSize, stencils), classifier(fineSize, stencils)];
const theta = await trained(coarse, coarseDigits.train);
const free = {
  coarse: accuracy(coarse, theta, coarseDigits.test),
  asTheyAre: accuracy(fine, theta, fineTest),
  differences: accuracy(fine, rediscretizeNetwork(theta, coarse, fine), fineTest),
  galerkin: accuracy(fine, rediscretizeNetwork(theta, coarse, fine, { by: "galerkin" }), fineTest),
};
console.log("3 × 3 stencils");
show("16 × 16 images, which they were trained on", free.coarse);
show("32 × 32 images, stencils as they are", free.asTheyAre);
show("32 × 32 images, re-discretized (differences)", free.differences);
show("32 × 32 images, re-discretized (Galerkin)", free.galerkin);

// 2. Stencils that are combinations of differential operators up to order 2; lengths in pixels of the coarse image.
const operators = ["identity", "dx", "dy", "dxx", "dxy", "dyy"] as const;
const differential = (h: number) => () =>
  parametric("differential", (inShape) => differentialConvolution(inShape, { channels, operators, h, boundary: "symmetric" }));
const coarseOperators = classifier(coarseSize, differential(1));
const eta = await trained(coarseOperators, coarseDigits.train);
const learned = {
  coarse: accuracy(coarseOperators, eta, coarseDigits.test),
  asTheyAre: accuracy(classifier(fineSize, differential(1)), eta, fineTest),
  halfH: accuracy(classifier(fineSize, differential(coarseSize / fineSize)), eta, fineTest),
};
console.log("differential operators up to order 2");
show("16 × 16 images, which they were trained on", learned.coarse);
show("32 × 32 images, stencils as they are", learned.asTheyAre);
show("32 × 32 images, same η, half the h", learned.halfH);

assert(free.galerkin > free.asTheyAre + 0.02, "re-discretized stencils classify fine images better than the same numbers do");
assert(learned.halfH > learned.asTheyAre + 0.02, "so do differential operators that know h");
