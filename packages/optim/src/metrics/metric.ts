import type { Shape, Value } from "@paramat/core";

/** Numbers in plain memory, in row-major order. */
export interface Samples {
  readonly shape: Shape;
  readonly numbers: ArrayLike<number>;
}

/**
 * How good outputs are, counted up batch by batch: a metric is what it has seen so far, and `add` gives a new one that has seen a batch more. It keeps
 * sums and counts, so its value does not depend on how the examples were cut into batches.
 */
export interface Metric<R> {
  /** @throws ShapeError where the shapes do not go together; nothing is changed then, nor ever */
  add(output: Samples, target: Samples): Metric<R>;
  /** Over all examples so far; NaN where there is nothing to say. */
  value(): R;
}

/** A metric from what it keeps: `sums` of no example, how a batch adds to them, and what they say. */
export function metric<S, R>(
  sums: S,
  rule: { readonly add: (sums: S, output: Samples, target: Samples) => S; readonly value: (sums: S) => R },
): Metric<R> {
  return {
    add: (output, target) => metric(rule.add(sums, output, target), rule),
    value: () => rule.value(sums),
  };
}

/**
 * What `f` makes of a metric's value: one number out of a table, for `fit`.
 * @example
 * import { confusionMatrix, derivedMetric } from "@paramat/optim";
 * const macroF1 = derivedMetric(confusionMatrix(), (found) => found.macro.f1);
 * macroF1.add({ shape: [1, 2], numbers: [0, 1] }, { shape: [1, 2], numbers: [0, 1] }).value(); // → 1
 */
export function derivedMetric<A, B>(of: Metric<A>, f: (value: A) => B): Metric<B> {
  return { add: (output, target) => derivedMetric(of.add(output, target), f), value: () => f(of.value()) };
}

/** The metric's value on one batch. */
export async function score<R>(of: Metric<R>, output: Value, target: Value): Promise<R> {
  return of.add(await samplesOf(output), await samplesOf(target)).value();
}

/** An array read from its backend. */
export async function samplesOf(x: Value): Promise<Samples> {
  return { shape: x.shape, numbers: await x.read() };
}
