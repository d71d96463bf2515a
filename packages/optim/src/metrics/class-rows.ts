import { DataError, ShapeError, sameShape, showShape } from "@paramat/core";
import type { Samples } from "./metric.js";

/** One example, or one place of a grid. */
export interface ClassRow {
  /** Where its numbers begin. */
  readonly at: number;
  /** The class of the target. */
  readonly label: number;
}

/** Number of classes: the last axis. @throws ShapeError unless output and target are both [examples, ...grid, classes] with two classes or more */
export function classesOf(owner: string, output: Samples, target: Samples): number {
  const classes = output.shape.at(-1) ?? 0;
  if (output.shape.length < 2 || classes < 2 || !sameShape(output.shape, target.shape)) {
    throw new ShapeError(
      `${owner}: output is ${showShape(output.shape)}, target is ${showShape(target.shape)}; both must be [examples, ...grid, classes] with at least 2 classes`,
    );
  }
  return classes;
}

/**
 * The rows that have a label: the first of the largest numbers of the target's row. Rows whose target is zero throughout are not labelled and are left
 * out: places of an image that nobody has judged.
 * @throws DataError where a target is NaN
 */
export function labelledRows(owner: string, { numbers }: Samples, classes: number): ClassRow[] {
  const rows: ClassRow[] = [];
  for (let at = 0; at < numbers.length; at += classes) {
    const label = largestOf(numbers, at, classes);
    if (label < 0) throw new DataError(`${owner}: row ${at / classes} of the target holds NaN; it must be one-hot, or probabilities`);
    if (isAllZero(numbers, at, classes)) continue;
    rows.push({ at, label });
  }
  return rows;
}

/** Where the first of the largest numbers stands; −1 where one of them is NaN: such a row says nothing. */
export function largestOf(numbers: ArrayLike<number>, at: number, classes: number): number {
  let best = 0;
  for (let j = 0; j < classes; j++) {
    const x = numbers[at + j]!;
    if (Number.isNaN(x)) return -1;
    if (x > numbers[at + best]!) best = j;
  }
  return best;
}

function isAllZero(numbers: ArrayLike<number>, at: number, classes: number): boolean {
  for (let j = 0; j < classes; j++) if (numbers[at + j] !== 0) return false;
  return true;
}
