import { ShapeError, sameShape, showShape } from "@paramat/core";
import { type Metric, metric, type Samples } from "./metric.js";

/** (1/n) Σ (output − target)² over all n numbers. NaN in one makes it NaN. @throws ShapeError where the shapes differ */
export const meanSquaredError: Metric<number> = metric(
  { squares: 0, count: 0 },
  {
    add({ squares, count }, output, target) {
      requireSameShape("meanSquaredError", output, target);
      let sum = squares;
      for (let i = 0; i < target.numbers.length; i++) sum += (output.numbers[i]! - target.numbers[i]!) ** 2;
      return { squares: sum, count: count + target.numbers.length };
    },
    value: ({ squares, count }) => squares / count,
  },
);

/** @throws ShapeError where the shapes differ, or there is no axis of examples */
export function requireSameShape(owner: string, output: Samples, target: Samples): void {
  if (output.shape.length > 0 && sameShape(output.shape, target.shape)) return;
  throw new ShapeError(
    `${owner}: output is ${showShape(output.shape)}, target is ${showShape(target.shape)}; both must be [examples, ...] of the same shape`,
  );
}
