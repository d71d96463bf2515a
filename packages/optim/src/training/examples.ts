import type { Backend } from "@paramat/backends";
import { ndarray, type Shape, ShapeError, showShape, sizeOf, type Value } from "@paramat/core";
import type { Samples } from "../metrics/metric.js";

/** A data set in plain memory: example e has `inputs[e·n … (e+1)·n − 1]` with n the product of `inputShape`, and targets likewise. */
export interface Examples {
  readonly size: number;
  readonly inputs: Float32Array | Float64Array;
  /** Shape of one example: `[28, 28, 1]`. */
  readonly inputShape: Shape;
  /** One-hot rows, or the values to be met in a regression. */
  readonly targets: Float32Array | Float64Array;
  /** Shape of one target: `[10]`; `[]` for one number. */
  readonly targetShape: Shape;
}

/** Some examples on a backend: inputs [size, ...inputShape], targets [size, ...targetShape]. */
export interface Batch {
  readonly inputs: Value;
  readonly targets: Value;
  readonly size: number;
}

/** The examples with the numbers `start … stop − 1` of `order` (all in turn if there is none), on `backend`. */
export function takeBatch(backend: Backend, examples: Examples, order: Int32Array | null, start: number, stop: number): Batch {
  const { inputs, inputShape, targets, targetShape } = examples;
  const rows = Array.from({ length: stop - start }, (_, i) => (order ? (order[start + i] as number) : start + i));
  return {
    inputs: ndarray(backend, pickRows(inputs, sizeOf(inputShape), rows), [rows.length, ...inputShape]),
    targets: ndarray(backend, pickRows(targets, sizeOf(targetShape), rows), [rows.length, ...targetShape]),
    size: rows.length,
  };
}

/** The targets of the examples `start … stop − 1`, [stop − start, ...targetShape], where they lie. */
export function targetsOf({ targets, targetShape }: Examples, start: number, stop: number): Samples {
  const width = sizeOf(targetShape);
  return { shape: [stop - start, ...targetShape], numbers: targets.subarray(start * width, stop * width) };
}

/** @throws ShapeError where the numbers do not fill the shapes, or there is no example */
export function checkExamples(owner: string, name: string, examples: Examples): void {
  if (!Number.isInteger(examples.size) || examples.size < 1) {
    throw new ShapeError(`${owner}: ${name} has ${examples.size} examples; it must have a whole number ≥ 1`);
  }
  for (const part of ["input", "target"] as const) {
    const numbers = examples[`${part}s`].length;
    const shape = examples[`${part}Shape`];
    const want = examples.size * sizeOf(shape);
    if (numbers !== want) {
      throw new ShapeError(
        `${owner}: ${name}.${part}s has ${numbers} numbers; ${examples.size} examples of shape ${showShape(shape)} have ${want}`,
      );
    }
  }
}

function pickRows(source: Float32Array | Float64Array, width: number, rows: readonly number[]): Float32Array | Float64Array {
  const picked = source instanceof Float32Array ? new Float32Array(rows.length * width) : new Float64Array(rows.length * width);
  rows.forEach((row, i) => picked.set(source.subarray(row * width, (row + 1) * width), i * width));
  return picked;
}
