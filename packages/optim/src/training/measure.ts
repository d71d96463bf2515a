import type { Backend } from "@paramat/backends";
import type { Tree, Value } from "@paramat/core";
import { type Metric, samplesOf } from "../metrics/metric.js";
import { requireCount } from "../require-count.js";
import { type Batch, checkExamples, type Examples, takeBatch, targetsOf } from "./examples.js";
import { pacer } from "./pacer.js";
import { readScalar } from "./read-scalar.js";
import { keepInScope } from "./training-state.js";

/** How good the parameters are on one batch. */
export interface Evaluation {
  /** Scalar: the mean over the batch. */
  readonly loss: Value;
  /** What metrics compare with the targets: logits [examples, ...grid, classes], or the values of a regression. */
  readonly output?: Value;
}

type Metrics = { readonly [name: string]: Metric<unknown> };

/** The same over all examples. */
export interface Measurement<M extends Metrics = Metrics> {
  /** Mean loss over the examples. */
  readonly loss: number;
  /** Of the metrics that were asked for. */
  readonly metrics: { readonly [K in keyof M]: ReturnType<M[K]["value"]> };
}

export interface MeasureOptions<M extends Metrics = Metrics> {
  readonly backend: Backend;
  /** Default 256. */
  readonly batchSize?: number;
  /** By name; they need the `output` of `evaluate`. */
  readonly metrics?: M;
  /** Stops between two batches. */
  readonly signal?: AbortSignal;
}

/**
 * (1/n) Σ size · loss over the batches of `examples`, in their order, and metrics.
 * @throws RangeError unless batchSize is a whole number ≥ 1; ShapeError if the numbers do not fill the shapes; TypeError for metrics where `evaluate` gives
 * no output; the signal's reason when it is aborted
 */
// biome-ignore lint/complexity/noBannedTypes: {} is the type of no metrics
export async function measure<P extends Tree, M extends Metrics = {}>(
  params: P,
  examples: Examples,
  evaluate: (params: P, batch: Batch) => Evaluation,
  options: MeasureOptions<M>,
): Promise<Measurement<M>> {
  const { backend, batchSize = 256, signal } = options;
  checkExamples("measure", "examples", examples);
  requireCount("measure", "batchSize", batchSize, 1);
  const breathe = pacer();
  let loss = 0;
  let tallies = Object.entries<Metric<unknown>>(options.metrics ?? {});
  for (let start = 0; start < examples.size; start += batchSize) {
    const stop = Math.min(start + batchSize, examples.size);
    const found = keepInScope(
      backend,
      () => evaluate(params, takeBatch(backend, examples, null, start, stop)),
      ({ loss, output }) => (output ? [loss, output] : [loss]),
    );
    loss += (stop - start) * (await readScalar(found.loss));
    if (tallies.length > 0) {
      const output = await samplesOf(outputOf(found, tallies));
      const target = targetsOf(examples, start, stop);
      tallies = tallies.map(([name, tally]) => [name, tally.add(output, target)]);
    }
    await breathe();
    signal?.throwIfAborted();
  }
  const metrics = Object.fromEntries(tallies.map(([name, tally]) => [name, tally.value()])) as Measurement<M>["metrics"];
  return { loss: loss / examples.size, metrics };
}

function outputOf({ output }: Evaluation, tallies: readonly (readonly [string, unknown])[]): Value {
  if (output) return output;
  const names = tallies.map(([name]) => name).join(", ");
  throw new TypeError(`measure: metrics are ${names} and evaluate gives no output for them; let it return { loss, output }`);
}
