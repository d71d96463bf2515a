import { ShapeError, showShape } from "@paramat/core";
import { requireSameShape } from "./mean-squared-error.js";
import { type Metric, metric } from "./metric.js";

/** What was seen of the targets: how many, the mean of each number of a target, and Σ (t − mean)² and Σ (output − t)² over all of them. */
interface Spread {
  readonly count: number;
  readonly means: Float64Array;
  readonly total: number;
  readonly residual: number;
}

/**
 * R² = 1 − Σ (output − t)² / Σ (t − t̄)²: the part of the targets' variance that is explained; t̄ is the mean over the examples, for targets of several
 * numbers a mean for each. 1 is perfect, 0 is as good as t̄, below is worse. NaN for no example and where outputs meet targets that do not vary; −∞ where
 * they miss such.
 * @throws ShapeError where the shapes differ, or those of a batch from those before
 * @remarks Means and squares are carried on example by example (Welford, Technometrics 4 (1962) 419–420), so that a large mean costs no digits.
 */
export const rSquared: Metric<number> = metric<Spread, number>(
  { count: 0, means: new Float64Array(0), total: 0, residual: 0 },
  {
    add(before, output, target) {
      requireSameShape("rSquared", output, target);
      const examples = target.shape[0]!;
      const width = examples === 0 ? 0 : target.numbers.length / examples;
      if (before.count > 0 && examples > 0 && width !== before.means.length)
        throw new ShapeError(
          `rSquared: a target of this batch has ${width} numbers (${showShape(target.shape)}) and of those before ${before.means.length}`,
        );
      if (examples === 0) return before;
      const means = before.count === 0 ? new Float64Array(width) : before.means.slice();
      let { total, residual } = before;
      for (let e = 0; e < examples; e++) {
        for (let j = 0; j < width; j++) {
          const t = target.numbers[e * width + j]!;
          const off = t - means[j]!;
          means[j]! += off / (before.count + e + 1);
          total += off * (t - means[j]!);
          residual += (output.numbers[e * width + j]! - t) ** 2;
        }
      }
      return { count: before.count + examples, means, total, residual };
    },
    value: ({ residual, total }) => 1 - residual / total,
  },
);
