import { wasm } from "@paramat/backends/wasm";
import { abs, div, max, ndarray, type Value } from "@paramat/core";
import { type Dataset, oneHotRows } from "@paramat/data";
import { lbfgs } from "@paramat/optim";
import { curvesFigure, weightImages } from "paramat/plots";
import { drawBalanced } from "./draw-balanced.js";
import { mean, standardError } from "./page.js";
import type { SeedRecord } from "./record.js";
import { type FitOptions, softmaxFit } from "./softmax-fit.js";
import { standardForm } from "./standard-form.js";
import { imageRows, penalties } from "./try-seed.js";

/** An SVG of the test accuracy of softmax classifiers against λ, a curve for each penalty, and without one across. */
export function accuracyPicture(name: string, records: readonly SeedRecord[]): Promise<string> {
  const [first] = records;
  const without = mean(records.map(({ softmaxWithout }) => 100 * softmaxWithout.accuracy));
  // What lies lower is not worth a look, and would press the rest together.
  const below = 10;
  const series = first!.penalties.map(({ penalty, curve }, p) => ({
    label: penalty,
    points: curve.flatMap(({ lambda }, k) => {
      const accuracies = records.map((record) => 100 * record.penalties[p]!.curve[k]!.accuracy);
      const [y, error] = [mean(accuracies), standardError(accuracies)];
      return y < without - below ? [] : [{ x: lambda!, y, low: y - error, high: y + error }];
    }),
  }));
  const panel = {
    x: { label: "λ", log: true },
    y: { label: "test images right, %" },
    series,
    rules: [{ axis: "y" as const, at: without, text: "without a penalty, L-BFGS" }],
  };
  return curvesFigure(`${name}: softmax classifiers from 200 images`, [panel], {}, [
    `Mean over ${records.length} draws of the training images; bars: one standard error of the mean. What is more than ${below} points worse than without is left out.`,
  ]);
}

/** An SVG of the weights that one draw leads to: without a penalty, and with each at the λ that cross-validation of the entropy chose. */
export async function weightsPicture(data: Dataset, record: SeedRecord): Promise<string> {
  const train = drawBalanced(data.train, data.classes.length, record.seed);
  const Z = imageRows(wasm({ precision: "float64" }), train);
  const classes = ndarray(Z.backend, oneHotRows(train.labels, data.classes.length), [train.size, data.classes.length]);
  const fit = softmaxFit();
  const weights: Record<string, Value> = {};
  for (const [p, one] of penalties(data.shape).entries()) {
    const form = standardForm(Z, one);
    const weightsAt = async (lambda: number, options: FitOptions = {}) => {
      const { A, B } = (await fit({ features: form.features, free: form.free, classes }, lambda, options)).params;
      const { W } = form.classifier(A, B);
      return div(W, max(abs(W)));
    };
    if (p === 0) weights["without a penalty"] = await weightsAt(0, { minimizer: lbfgs });
    weights[one.name] = await weightsAt(record.penalties[p]!.softmax[0]!.lambda!);
  }
  const [height, width, channels] = data.shape as [number, number, number];
  return weightImages(weights, {
    asImages: [height, width, channels],
    labels: data.classes,
    columns: 10,
    title: `${data.name}: weights of softmax classifiers, each group divided by its largest`,
  });
}
