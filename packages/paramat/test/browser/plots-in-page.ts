import { array } from "paramat";
import { historyPlot, weightImages } from "paramat/plots";

/** A picture of curves and one of pixels. */
export async function plotsInPage(): Promise<readonly string[]> {
  const history = Array.from({ length: 5 }, (_, i) => ({
    epoch: i + 1,
    trainLoss: Math.exp(-i),
    validationLoss: 1 / (i + 1),
    isBest: true,
    seconds: 1,
  }));
  return [await historyPlot(history), await weightImages(array([[1, -1, 0, 0.5]]), { asImages: [2, 2, 1] })];
}
