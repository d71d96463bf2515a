import { confusionMatrix, meanOfNumbers } from "./confusion-matrix.js";
import { derivedMetric, type Metric } from "./metric.js";

export interface Overlap {
  /** For each class; NaN where it occurs neither in the targets nor in the outputs. */
  readonly classes: readonly number[];
  /** Over the classes that occur. */
  readonly mean: number;
}

/**
 * |A ∩ B| / |A ∪ B| for each class, A the places where it is and B those taken for it, all examples together; outputs and targets are
 * [examples, ...grid, classes].
 * @throws ShapeError where shapes do not go together; DataError where a target is NaN
 * @remarks The first of equal outputs is taken; a place with NaN for none; places whose target is all zero are not counted.
 */
export function intersectionOverUnion(): Metric<Overlap> {
  return derivedMetric(confusionMatrix(), ({ counts, classes }) => {
    const each = classes.map(({ support }, i) => {
      const both = counts[i]![i]!;
      const taken = counts.reduce((sum, row) => sum + row[i]!, 0);
      return both / (support + taken - both);
    });
    return { classes: each, mean: meanOfNumbers(each) };
  });
}
