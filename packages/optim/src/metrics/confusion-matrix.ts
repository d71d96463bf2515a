import { ShapeError } from "@paramat/core";
import { classesOf, labelledRows, largestOf } from "./class-rows.js";
import type { ClassScores, Confusion } from "./confusion.js";
import { printConfusion } from "./confusion-table.js";
import { type Metric, metric } from "./metric.js";

type Counts = Pick<Confusion, "counts" | "undecided">;

/**
 * How often each class was taken for each: the first of a row's largest outputs against that of the target, both [examples, ...grid, classes].
 * @param labels of the classes, for the table; their numbers if left out
 * @throws ShapeError where shapes do not go together, or there are not as many labels as classes; DataError where a target is NaN
 * @remarks Rows whose target is all zero are not counted. Before the first batch there are no classes.
 */
export function confusionMatrix(labels?: readonly string[]): Metric<Confusion> {
  return metric<Counts, Confusion>(
    { counts: [], undecided: [] },
    {
      add(before, output, target) {
        const classes = classesOf("confusionMatrix", output, target);
        if (labels && labels.length !== classes)
          throw new ShapeError(`confusionMatrix: there are ${labels.length} labels and ${classes} classes; give a label for each class`);
        const counts = Array.from({ length: classes }, (_, i) => Array.from({ length: classes }, (_, j) => before.counts[i]?.[j] ?? 0));
        const undecided = Array.from({ length: classes }, (_, i) => before.undecided[i] ?? 0);
        if (before.counts.length > 0 && before.counts.length !== classes)
          throw new ShapeError(`confusionMatrix: a batch has ${classes} classes and those before had ${before.counts.length}`);
        for (const { at, label } of labelledRows("confusionMatrix", target, classes)) {
          const taken = largestOf(output.numbers, at, classes);
          if (taken < 0) undecided[label]!++;
          else counts[label]![taken]!++;
        }
        return { counts, undecided };
      },
      value: (counts) => confusionOf(counts, labels),
    },
  );
}

function confusionOf({ counts, undecided }: Counts, labels?: readonly string[]): Confusion {
  const classes = counts.map((row, i): ClassScores => {
    const right = row[i]!;
    const support = total(row) + undecided[i]!;
    const taken = total(counts.map((other) => other[i]!));
    return { precision: right / taken, recall: right / support, f1: (2 * right) / (support + taken), support };
  });
  return {
    counts,
    undecided,
    accuracy: total(counts.map((row, i) => row[i]!)) / total(classes.map(({ support }) => support)),
    classes,
    macro: {
      precision: meanOfNumbers(classes.map(({ precision }) => precision)),
      recall: meanOfNumbers(classes.map(({ recall }) => recall)),
      f1: meanOfNumbers(classes.map(({ f1 }) => f1)),
    },
    toString: () => printConfusion({ counts, undecided, classes }, labels ?? counts.map((_, i) => String(i))),
  };
}

/** Mean over what is not NaN; NaN if all is. */
export function meanOfNumbers(all: readonly number[]): number {
  const known = all.filter((x) => !Number.isNaN(x));
  return total(known) / known.length;
}

function total(all: readonly number[]): number {
  return all.reduce((a, b) => a + b, 0);
}
