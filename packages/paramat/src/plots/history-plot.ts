import type { EpochRecord } from "@paramat/optim";
import { type Curves, curvesFigure, requireSome } from "./curves-figure.js";
import type { Point } from "./drawable.js";
import type { FigureOptions } from "./figure.js";
import { shownNumber } from "./shown-number.js";

export interface HistoryPlotOptions extends FigureOptions {
  /** A logarithmic axis for the loss. Default true where every loss is positive or no number. */
  readonly log?: boolean;
}

/**
 * Training and validation loss against epochs, the best epoch marked; below them the gradient's norm and every metric, where they were measured.
 * @param history of `fit`'s result
 * @throws RangeError for no epochs
 * @example
 * import { historyPlot } from "paramat/plots";
 * const history = [
 *   { epoch: 1, trainLoss: 1, validationLoss: 1.5, isBest: true, seconds: 1 },
 *   { epoch: 2, trainLoss: 0.25, validationLoss: 0.5, isBest: true, seconds: 1 },
 * ];
 * (await historyPlot(history)).includes("epoch 2: 0.5"); // → true
 */
export function historyPlot(history: readonly EpochRecord[], options: HistoryPlotOptions = {}): Promise<string> {
  requireSome("historyPlot", history.length, "epochs");
  const of = (read: (record: EpochRecord) => number | undefined) => measured(history, read);
  const [train, validation] = [of((r) => r.trainLoss), of((r) => r.validationLoss)];
  const { log = [...train, ...validation].every(({ y }) => !(y <= 0)) } = options;
  const best = history.findLast(({ isBest, validationLoss }) => isBest && Number.isFinite(validationLoss));
  const loss: Curves = {
    x: epochs,
    y: { label: "loss", log },
    series: [{ label: "training", points: train }, ...(validation.length > 0 ? [{ label: "validation", points: validation }] : [])],
    ...(best && { marked: [markOf(best.epoch, best.validationLoss as number)] }),
  };
  const names = [...new Set(history.flatMap(({ metrics }) => Object.keys(metrics ?? {})))];
  const below = [
    panel(
      "gradient norm",
      "training",
      of((r) => r.gradientNorm),
      true,
    ),
    ...names.map((name) =>
      panel(
        `validation ${name}`,
        "validation",
        of((r) => r.metrics?.[name]),
      ),
    ),
  ];
  return curvesFigure("Training history", [loss, ...below.flat()], options);
}

const epochs = { label: "epoch", isInteger: true };

function measured(history: readonly EpochRecord[], read: (record: EpochRecord) => number | undefined): readonly Point[] {
  return history.flatMap((record) => {
    const y = read(record);
    return y === undefined ? [] : [{ x: record.epoch, y }];
  });
}

function panel(label: string, series: string, points: readonly Point[], log = false): readonly Curves[] {
  return points.length === 0 ? [] : [{ x: epochs, y: { label, log }, series: [{ label: series, points }] }];
}

function markOf(epoch: number, loss: number) {
  return { x: epoch, y: loss, text: `epoch ${epoch}: ${shownNumber(loss)}` };
}
