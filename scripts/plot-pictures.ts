/**
 * The pictures of docs/plots.md, from problems small enough to run in seconds: `npx tsx --conditions=paramat-source scripts/plot-pictures.ts [folder [theme]]`.
 * The same numbers at every run.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import {
  accuracy,
  activation,
  adam,
  add,
  circulant,
  confusionMatrix,
  conjugateGradient,
  conv,
  convolution,
  cpu,
  dense,
  differencePenalty,
  discrepancyPrinciple,
  fit,
  gather,
  generalizedCrossValidation,
  generateDigits,
  hessianCondition,
  isValue,
  kFold,
  laplacianPenalty,
  lbfgs,
  lCurve,
  matmul,
  matrixProblem,
  minimizeValidation,
  mul,
  ndarray,
  network,
  newtonCg,
  nonlinearConjugateGradient,
  normalArray,
  numericalRank,
  oneHotRows,
  optimalLambda,
  oscillation,
  picard,
  relu,
  reshape,
  rng,
  score,
  shaw,
  softmaxCrossEntropy,
  spectrum,
  square,
  steepestDescent,
  sub,
  sum,
  tikhonov,
  transformProblem,
  type Value,
  withNoise,
  zeros,
} from "paramat";
import {
  confusionPlot,
  criterionPlot,
  discrepancyPlot,
  foldPlot,
  hessianPlot,
  historyPlot,
  imageRow,
  lCurvePlot,
  minimizersPlot,
  oscillationPlot,
  picardPlot,
  singularValuesPlot,
  spectrumPlot,
  stencilPlot,
  type Theme,
  validationPlot,
  weightImages,
} from "paramat/plots";

const [folder = new URL("../docs/pictures/", import.meta.url).pathname, theme = "auto"] = process.argv.slice(2);
const look = { theme: theme as Theme };
mkdirSync(folder, { recursive: true });

/** Writes one picture. */
async function save(name: string, svg: Promise<string>): Promise<void> {
  writeFileSync(`${folder}/plot-${name}.svg`, await svg);
}

const backend = cpu("float64");
await choosing();
await validating();
await classifying();
await deblurring();
await training();
await save("spectrum", spectrumPlot(spectraOfCirculant(), look));

/** λ for shaw with 0.1 % noise, by four methods. */
async function choosing(): Promise<void> {
  const { matrix, data, exact, n, noiseNorm } = withNoise(shaw(64), 1e-3, rng(3));
  const [A, b] = [ndarray(backend, matrix, [n, n]), ndarray(backend, data)];
  const problem = matrixProblem(A, b);
  const corner = lCurve(problem);
  const gcv = generalizedCrossValidation(problem);
  const discrepancy = discrepancyPrinciple(problem, { noiseNorm });
  const optimal = optimalLambda(problem, ndarray(backend, exact));
  await save("l-curve", lCurvePlot(corner, { ...look, compare: [gcv, discrepancy, optimal] }));
  await save("gcv", criterionPlot(gcv, look));
  await save("discrepancy", discrepancyPlot(discrepancy, look));
  await save("picard", picardPlot(picard(A, b), look));
  await save("singular-values", singularValuesPlot(numericalRank(A), look));
}

/** λ of a ridge regression by cross-validation, and two of them by descent on a validation error. */
async function validating(): Promise<void> {
  const stream = rng(5);
  const [rows, columns] = [60, 30];
  const Z = normalArray(stream, backend, [rows, columns]);
  const truth = normalArray(stream, backend, [columns, 1]);
  const y = add(matmul(Z, truth), mul(4, normalArray(stream, backend, [rows, 1])));
  const of = (examples: Int32Array) => [gather(Z, examples), gather(y, examples)] as const;
  const folds = await kFold({
    numExamples: rows,
    folds: 6,
    lambdas: Array.from({ length: 13 }, (_, i) => 10 ** (-2 + i / 2)),
    rng: stream.split(),
    fit: (lambda, train) => {
      const [A, b] = of(train);
      return reshape(matrixProblem(A, reshape(b, [train.length])).solution(lambda), [columns, 1]);
    },
    error: (w, held) => meanSquare(of(held), w),
  });
  await save("folds", foldPlot(folds, look));
  const [train, held] = [Int32Array.from({ length: 40 }, (_, e) => e), Int32Array.from({ length: 20 }, (_, e) => 40 + e)];
  const [Zt, yt] = of(train);
  // One λ for each half of the weights.
  const half = (k: number) =>
    ndarray(
      backend,
      Float64Array.from({ length: columns }, (_, j) => (Math.floor((2 * j) / columns) === k ? 1 : 0)),
      [columns, 1],
    );
  const shift = ({ first, second }: Two) => add(mul(first, half(0)), mul(second, half(1)));
  const objective = (w: Value, lambda: Two) => mul(0.5, add(sum(square(sub(matmul(Zt, w), yt))), sum(mul(shift(lambda), square(w)))));
  const found = await minimizeValidation(
    { objective, validation: (w) => mul(1 / 20, sum(square(sub(matmul(of(held)[0], w), of(held)[1])))) },
    {
      params: zeros(backend, [columns, 1]),
      lambda: { first: ndarray(backend, 0.1), second: ndarray(backend, 0.1) },
      solve: (lambda) => {
        const apply = (rows: Value) =>
          add(matmul(matmul(rows, Zt, { transposeB: true }), Zt), mul(reshape(shift(lambda), [columns]), rows));
        const right = matmul(yt, Zt, { transposeA: true });
        return reshape(conjugateGradient({ apply }, right, { tolerance: 1e-12 }).solution, [columns, 1]);
      },
      maxSteps: 40,
    },
  );
  await save("validation", validationPlot(found.trace, look));
}

type Two = { readonly first: Value; readonly second: Value };

function meanSquare([Z, y]: readonly [Value, Value], w: Value): number {
  return sum(square(sub(matmul(Z, w), y))).item() / y.size;
}

/** A softmax classifier of 200 digits: its minimizers, its weights without and with the Laplacian, what it takes for what. */
async function classifying(): Promise<void> {
  const size = 16;
  const { train, test, classes } = generateDigits({ train: 200, test: 500, size, seed: 2 });
  const inputs = ({ images, size: count }: typeof train) => ndarray(backend, images, [count, size * size]);
  const targets = ({ labels, size: count }: typeof train) => ndarray(backend, oneHotRows(labels, 10), [count, 10]);
  const [Z, C] = [inputs(train), targets(train)];
  const output = (W: Value, on: Value) => matmul(on, W, { transposeB: true });
  const start = zeros(backend, [10, size * size]);
  const loss = (W: Value) => add(softmaxCrossEntropy(output(W, Z), C), tikhonov(1e-3)(W));
  const methods = [steepestDescent, nonlinearConjugateGradient, lbfgs, newtonCg];
  const runs = [];
  for (const method of methods) runs.push(await method(loss, start, { maxIterations: 150, gradientTolerance: 1e-8 }));
  await save("minimizers", minimizersPlot(runs, { ...look, against: "evaluations" }));

  const rough = (W: Value) => add(softmaxCrossEntropy(output(W, Z), C), tikhonov(1e-5)(W));
  const L = laplacianPenalty(1e-8, { asImages: [size, size, 1], boundary: "symmetric" });
  const smooth = (W: Value) => add(rough(W), L(W));
  const solve = async (f: (W: Value) => Value) => (await lbfgs(f, start, { maxIterations: 300, gradientTolerance: 1e-5 })).params;
  const without = await solve(rough);
  const withL = await solve(smooth);
  await save(
    "weights",
    weightImages({ "without the Laplacian": without, "with it": withL }, { ...look, asImages: [size, size, 1], columns: 10 }),
  );
  await save("oscillation", oscillationPlot(oscillation(without, { asImages: [size, size, 1] }), look));
  await save("hessian", hessianPlot(hessianCondition(loss, start, { maxSteps: 60 }), look));
  const counted = await score(confusionMatrix(classes), output(withL, inputs(test)), targets(test));
  await save("confusion", confusionPlot(counted, classes, look));
}

/** A digit, blurred by a Gaussian with 1 % noise, and restored with λ by GCV. */
async function deblurring(): Promise<void> {
  const size = 64;
  const image = ndarray(backend, generateDigits({ train: 4, test: 0, size, seed: 4 }).train.images.subarray(3 * size * size), [
    size,
    size,
    1,
  ]);
  const K = convolution([size, size, 1], { channels: 1, kernel: 13, boundary: "periodic" });
  const bell = Array.from({ length: 169 }, (_, i) => Math.exp(-((Math.floor(i / 13) - 6) ** 2 + ((i % 13) - 6) ** 2) / 12));
  const total = bell.reduce((a, b) => a + b, 0);
  const theta = ndarray(
    backend,
    bell.map((v) => v / total),
    K.thetaShape,
  );
  const blurred = add(
    reshape(K.apply(theta, reshape(image, [1, size, size, 1])), [size, size, 1]),
    mul(0.01, normalArray(rng(1), backend, [size, size, 1])),
  );
  const problem = transformProblem(K, theta, blurred, {
    penalty: differencePenalty(1, 1, { asImages: [size, size, 1], boundary: "periodic" }),
  });
  const restored = problem.solution(generalizedCrossValidation(problem).lambda);
  const flat = (x: Value) => reshape(x, [size, size]);
  const images = [
    { label: "original", image: flat(image) },
    { label: "blurred, 1 % noise", image: flat(blurred) },
    { label: "restored, λ by GCV", image: flat(restored) },
  ];
  await save("images", imageRow(images, { ...look, title: "Deblurring" }));
}

/** A small convolutional network on digits. */
async function training(): Promise<void> {
  const { train, test, shape } = generateDigits({ train: 400, test: 200, size: 16, seed: 1 });
  const net = network([conv({ channels: 6, kernel: 5, stride: 2 }), activation(relu), dense(10)], { inShape: shape });
  const examples = ({ images, labels, size }: typeof train) => ({
    ...{ size, inputs: images, inputShape: shape, targets: oneHotRows(labels, 10), targetShape: [10] },
  });
  const result = await fit({
    params: net.init(rng(1), backend),
    objective: (params, batch) => softmaxCrossEntropy(net.forward(params, batch.inputs), batch.targets),
    evaluate: (params, batch) => {
      const output = net.forward(params, batch.inputs);
      return { loss: softmaxCrossEntropy(output, batch.targets), output };
    },
    metrics: { accuracy },
    optimizer: adam({ learningRate: 3e-3 }),
    train: examples(train),
    validation: examples(test),
    epochs: 25,
    batchSize: 32,
    rng: rng(2),
    backend,
  });
  await save("history", historyPlot(result.history, look));
  const theta = result.params.conv1?.theta;
  if (!isValue(theta)) throw new Error(`plot-pictures: there is no θ among ${Object.keys(result.params)}`);
  await save("stencils", stencilPlot(theta, { ...look, title: "Stencils after training" }));
}

/** Eigenvalues of a circulant, and of half of it. */
function spectraOfCirculant() {
  const K = circulant(24);
  const theta = mul(0.35, normalArray(rng(6), backend, [24]));
  const values = spectrum(K, theta);
  return { "K(θ)": values, "K(θ)/2": mul(0.5, values) };
}
