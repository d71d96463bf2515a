import type { Backend } from "@paramat/backends";
import { add, matmul, mul, ndarray, normalArray, rng, sum, type Value } from "@paramat/core";
import type { ForwardContext } from "@paramat/layers";
import type { Batch, Examples } from "../../src/training/examples.js";

export type Line = { readonly W: Value; readonly bias: Value };

/** Examples of y = 2x₀ − 3x₁ + 1. */
export function lineExamples(size: number, seed: number): Examples {
  const stream = rng(seed);
  const inputs = Float64Array.from({ length: 2 * size }, () => stream.normal());
  const targets = Float64Array.from({ length: size }, (_, e) => 2 * (inputs[2 * e] as number) - 3 * (inputs[2 * e + 1] as number) + 1);
  return { size, inputs, inputShape: [2], targets, targetShape: [1] };
}

export function startLine(backend: Backend): Line {
  return { W: ndarray(backend, [[0.5], [0.25]]), bias: ndarray(backend, [0]) };
}

/** Mean of squared residuals; while training with a little noise from the run's random stream, as a layer with dropout would draw it. */
export function squaredResiduals(params: Line, batch: Batch, context: ForwardContext): Value {
  const noise = context.training && context.rng ? mul(1e-3, normalArray(context.rng, params.W.backend, [])) : 0;
  const output = add(add(matmul(batch.inputs, params.W), params.bias), noise);
  const residual = add(output, mul(batch.targets, -1));
  return mul(1 / batch.size, sum(mul(residual, residual)));
}
