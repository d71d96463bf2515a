import fc from "fast-check";
import type { Samples } from "../../src/metrics/metric.js";

/** Outputs and one-hot targets as they are compared: the shape of both is [size, ...grid, classes]. */
export interface ClassSamples {
  readonly classes: number;
  readonly outputs: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

/** Rows of small whole numbers, so that ties are common, some with NaN. */
export function classSamples(): fc.Arbitrary<ClassSamples> {
  return fc.integer({ min: 2, max: 5 }).chain((classes) => {
    const output = fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -2, max: 2 }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) });
    const row = fc.record({ output: fc.array(output, { minLength: classes, maxLength: classes }), label: fc.nat(classes - 1) });
    return fc.array(row, { minLength: 1, maxLength: 12 }).map((rows) => ({
      classes,
      outputs: rows.map((r) => r.output),
      labels: rows.map((r) => r.label),
    }));
  });
}

/** The rows `from … to − 1`. */
export function outputOf({ outputs, classes }: ClassSamples, from = 0, to = outputs.length): Samples {
  return { shape: [to - from, classes], numbers: outputs.slice(from, to).flat() };
}

export function targetOf({ labels, classes }: ClassSamples, from = 0, to = labels.length): Samples {
  const numbers = labels.slice(from, to).flatMap((label) => Array.from({ length: classes }, (_, j) => (j === label ? 1 : 0)));
  return { shape: [to - from, classes], numbers };
}
