import { cpu } from "@paramat/backends";
import { mul, ndarray, sum } from "@paramat/core";
import { describe, expect, it } from "vitest";
import { metric } from "../../src/metrics/metric.js";
import { measure } from "../../src/training/measure.js";

const backend = cpu("float64");
const five = { size: 5, inputs: Float32Array.of(1, 2, 3, 4, 10), inputShape: [], targets: new Float32Array(5), targetShape: [] };

/** How many batches it was shown, and the sum of their outputs. */
const batches = metric(
  { count: 0, sum: 0 },
  {
    add: ({ count, sum }, { numbers }) => ({ count: count + 1, sum: Array.from(numbers).reduce((a, b) => a + b, sum) }),
    value: (seen) => seen,
  },
);

describe("measure", () => {
  it("is the mean over examples, for any batch size, and shows every batch's output to the metrics", async () => {
    const theta = ndarray(backend, 2);
    for (const batchSize of [1, 2, 3, 5, 256]) {
      const found = await measure(
        theta,
        five,
        (theta, batch) => ({ loss: mul(theta, mul(1 / batch.size, sum(batch.inputs))), output: batch.inputs }),
        { backend, batchSize, metrics: { batches } },
      );
      // 2 · (1 + 2 + 3 + 4 + 10)/5 = 8
      expect(found.loss).toBeCloseTo(8, 13);
      expect(found.metrics).toEqual({ batches: { count: Math.ceil(5 / batchSize), sum: 20 } });
    }
  });

  it("has no metrics where none are asked for", async () => {
    expect(await measure(ndarray(backend, 1), five, (theta) => ({ loss: theta }), { backend })).toEqual({ loss: 1, metrics: {} });
  });

  it("refuses a batch size that is none, and examples that do not fill their shape", async () => {
    const run = (batchSize: number, size: number) =>
      measure(ndarray(backend, 1), { ...five, size }, (theta) => ({ loss: theta }), { backend, batchSize });
    await expect(run(0, 5)).rejects.toThrow(new RangeError("measure: batchSize is 0; it must be a whole number ≥ 1"));
    await expect(run(1, 6)).rejects.toThrow("measure: examples.inputs has 5 numbers; 6 examples of shape [] have 6");
  });

  it("stops at the signal", async () => {
    const reason = new Error("enough");
    const run = measure(ndarray(backend, 1), five, (theta) => ({ loss: theta }), { backend, signal: AbortSignal.abort(reason) });
    await expect(run).rejects.toBe(reason);
  });
});
