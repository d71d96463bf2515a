import type { Backend } from "@paramat/backends";
import type { Tree, Value } from "@paramat/core";
import { requireCount } from "../require-count.js";
import { type Batch, checkExamples, type Examples, takeBatch } from "./examples.js";
import { pacer } from "./pacer.js";
import { readScalar } from "./read-scalar.js";
import { keepInScope } from "./training-state.js";

/** How good the parameters are on one batch. */
export interface Evaluation {
  /** Scalar: the mean over the batch. */
  readonly loss: Value;
  /** How many examples of the batch are classified correctly. */
  readonly correct?: number | Value;
}

/** The same over all examples. */
export interface Measurement {
  /** Mean loss over the examples. */
  readonly loss: number;
  /** Correct examples over all, 0 … 1; where they are counted. */
  readonly accuracy?: number;
}

export interface MeasureOptions {
  readonly backend: Backend;
  /** Default 256. */
  readonly batchSize?: number;
  /** Stops between two batches. */
  readonly signal?: AbortSignal;
}

/**
 * (1/n) Σ size · loss over the batches of `examples`, in their order, and the part that is correct.
 * @throws RangeError unless batchSize is a whole number ≥ 1; ShapeError if the numbers do not fill the shapes; the signal's reason when it is aborted
 */
export async function measure<P extends Tree>(
  params: P,
  examples: Examples,
  evaluate: (params: P, batch: Batch) => Evaluation,
  options: MeasureOptions,
): Promise<Measurement> {
  const { backend, batchSize = 256, signal } = options;
  checkExamples("measure", "examples", examples);
  requireCount("measure", "batchSize", batchSize, 1);
  const breathe = pacer();
  let loss = 0;
  let correct: number | undefined;
  for (let start = 0; start < examples.size; start += batchSize) {
    const stop = Math.min(start + batchSize, examples.size);
    const found = keepInScope(
      backend,
      () => evaluate(params, takeBatch(backend, examples, null, start, stop)),
      (result) => [result.loss, ...(typeof result.correct === "object" ? [result.correct] : [])],
    );
    loss += (stop - start) * (await readScalar(found.loss));
    if (found.correct !== undefined) {
      correct = (correct ?? 0) + (typeof found.correct === "number" ? found.correct : await readScalar(found.correct));
    }
    await breathe();
    signal?.throwIfAborted();
  }
  return { loss: loss / examples.size, ...(correct === undefined ? {} : { accuracy: correct / examples.size }) };
}
