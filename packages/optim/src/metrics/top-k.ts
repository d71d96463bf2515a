import { ShapeError } from "@paramat/core";
import { requireCount } from "../require-count.js";
import { classesOf, labelledRows } from "./class-rows.js";
import { type Metric, metric } from "./metric.js";

/**
 * Part of the examples whose class is among the k with the largest outputs, 0 … 1; for [examples, ...grid, classes] every place of the grid counts.
 * @throws RangeError unless k is a whole number ≥ 1; ShapeError where there are fewer than k classes
 * @remarks Of equal outputs the one of the lower class goes first. A row with NaN is wrong. Rows whose target is all zero are not counted.
 */
export function topK(k: number): Metric<number> {
  requireCount("topK", "k", k, 1);
  return shareWithin(`topK(${k})`, k);
}

/**
 * Part of the examples whose largest output is at the class of the target: `topK(1)`.
 * @example
 * import { accuracy } from "@paramat/optim";
 * const seen = accuracy.add({ shape: [2, 3], numbers: [1, 4, 2, 0, 0, 5] }, { shape: [2, 3], numbers: [0, 1, 0, 1, 0, 0] });
 * seen.value(); // → 0.5
 */
export const accuracy: Metric<number> = shareWithin("accuracy", 1);

function shareWithin(owner: string, k: number): Metric<number> {
  return metric(
    { within: 0, all: 0 },
    {
      add({ within, all }, output, target) {
        const classes = classesOf(owner, output, target);
        if (k > classes) throw new ShapeError(`${owner}: there are ${classes} classes; k must be at most ${classes}`);
        const rows = labelledRows(owner, target, classes);
        const hits = rows.filter(({ at, label }) => rankOf(output.numbers, at, classes, label) < k).length;
        return { within: within + hits, all: all + rows.length };
      },
      value: ({ within, all }) => within / all,
    },
  );
}

/** How many classes go before `label`; ∞ where a number of the row is NaN. */
function rankOf(numbers: ArrayLike<number>, at: number, classes: number, label: number): number {
  const own = numbers[at + label]!;
  let before = 0;
  for (let j = 0; j < classes; j++) {
    const x = numbers[at + j]!;
    if (Number.isNaN(x)) return Number.POSITIVE_INFINITY;
    if (x > own || (x === own && j < label)) before++;
  }
  return before;
}
