import type { Backend } from "@paramat/backends";
import { add, argmax, matmul, ndarray, rng, type Value } from "@paramat/core";
import { type Dataset, oneHotRows, type Split } from "@paramat/data";
import { lbfgs } from "@paramat/optim";
import { gradientPenalty, laplacianPenalty, oscillation, tikhonov } from "@paramat/regularizers";
import { byCrossValidation, byDescent, byFilters, type Choice } from "./choose.js";
import { drawBalanced } from "./draw-balanced.js";
import { leastSquaresFit } from "./least-squares.js";
import type { PenaltyRecord, SeedRecord, Tried } from "./record.js";
import { type Examples, type FitOptions, softmaxFit, type Weights } from "./softmax-fit.js";
import { type ImagePenalty, type StandardForm, standardForm } from "./standard-form.js";

/** λ before the penalty of the softmax classifier, half a decade apart; larger images have more to penalize. */
function lambdasFor(shape: readonly number[]): readonly number[] {
  const [smallest, count] = shape[0]! > 8 ? [-3.5, 10] : [-5, 12];
  return Array.from({ length: count }, (_, k) => 10 ** (smallest + k / 2));
}

/** The three penalties of weights as images, grid distance 1 pixel. */
export function penalties(shape: readonly number[]): readonly ImagePenalty[] {
  const images = { asImages: shape, h: 1 };
  return [
    { name: "Tikhonov", penalty: tikhonov(), isFreeOfConstants: false },
    { name: "gradient", penalty: gradientPenalty(1, images), isFreeOfConstants: true },
    { name: "Laplacian", penalty: laplacianPenalty(1, images), isFreeOfConstants: false },
  ];
}

/** Images as rows, in float64. */
export function imageRows(backend: Backend, { size, images }: Split): Value {
  return ndarray(backend, Float64Array.from(images), [size, images.length / size]);
}

/**
 * Draws training images, trains every classifier, and tries each on all test images.
 * @param tests the rows of those
 */
export async function trySeed(data: Dataset, tests: Value, seed: number): Promise<SeedRecord> {
  const { backend } = tests;
  const began = performance.now();
  const train = drawBalanced(data.train, data.classes.length, seed);
  const Z = imageRows(backend, train);
  const classes = ndarray(backend, oneHotRows(train.labels, data.classes.length), [train.size, data.classes.length]);
  const lambdas = lambdasFor(data.shape);
  const fit = softmaxFit();
  const tryOn = (form: StandardForm, { A, B }: Weights): Tried => {
    const { W, bias } = form.classifier(A, B);
    const answers = argmax(add(matmul(tests, W, { transposeB: true }), bias), { axis: 1 }).toArray();
    const right = answers.reduce((count, answer, e) => count + (answer === data.test.labels[e] ? 1 : 0), 0);
    return { accuracy: right / data.test.size, frequency: oscillation(W, { asImages: data.shape, h: 1 }).frequency };
  };
  let without: Omit<SeedRecord, "seed" | "seconds" | "penalties"> | undefined;
  const records: PenaltyRecord[] = [];
  for (const one of penalties(data.shape)) {
    const form = standardForm(Z, one);
    const examples: Examples = { features: form.features, free: form.free, classes };
    const { problem, weights } = leastSquaresFit(examples);
    const squares = (lambda: number): Tried => ({ lambda, ...tryOn(form, weights(lambda)) });
    const softmax = async (lambda: number, options: FitOptions = {}) => {
      const { params, status, reason } = await fit(examples, lambda, options);
      if (status !== "converged") throw new Error(`few-examples: seed ${seed}, ${one.name}, λ = ${lambda}: ${reason}`);
      return { params, tried: { lambda, ...tryOn(form, params) } };
    };
    without ??= {
      softmaxWithout: (await softmax(0, { minimizer: lbfgs })).tried,
      softmaxWithoutByNewton: (await softmax(0)).tried,
      leastSquaresWithout: squares(1e-12 * problem.sigma[0]! ** 2),
    };
    const path = new Map<number, Awaited<ReturnType<typeof softmax>>>();
    let warm: Weights | undefined;
    for (const lambda of lambdas.toReversed()) {
      const found = await softmax(lambda, { warm });
      path.set(lambda, found);
      warm = found.params;
    }
    const tried = async (choice: Choice) => ({ ...(path.get(choice.lambda) ?? (await softmax(choice.lambda))).tried, ...choice });
    const stream = rng(1000 + seed);
    const filtered = byFilters(problem);
    // At W = 0 the Hessian of the mean cross-entropy is that of the sum of squares divided by classes · examples, and so is a λ of the same effect.
    const scaled = filtered.slice(0, 2).map((c) => ({ ...c, method: `${c.method} of least squares`, lambda: c.lambda / classes.size }));
    const chosen = [...(await byCrossValidation(fit, examples, lambdas, stream)), await byDescent(fit, examples, stream), ...scaled];
    const softmaxTried = [];
    for (const choice of chosen) softmaxTried.push(await tried(choice));
    const curve = [...path.values()].map((found) => found.tried).reverse();
    const squaresCurve = Array.from({ length: 15 }, (_, k) => squares(classes.size * 10 ** (-6 + k / 2)));
    records.push({
      penalty: one.name,
      curve,
      softmax: [...softmaxTried, best(curve)],
      leastSquares: [...filtered.map((choice) => ({ ...squares(choice.lambda), ...choice })), best(squaresCurve)],
    });
  }
  return { seed, seconds: (performance.now() - began) / 1000, ...without!, penalties: records };
}

/** What nobody can choose who does not know the test images. */
function best(curve: readonly Tried[]) {
  return { method: "best on the test images", outcome: "found", ...curve.reduce((a, b) => (b.accuracy > a.accuracy ? b : a)) };
}
