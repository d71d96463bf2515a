import { leaves, type Tree, valueAndGrad } from "@paramat/core";
import type { Outcome } from "../minimize/outcome.js";
import { takeBatch } from "./examples.js";
import { type Again, explainStop } from "./explain-stop.js";
import type { FitByMinimizerOptions } from "./fit-options.js";
import type { NonFinite } from "./fit-result.js";
import { readScalar } from "./read-scalar.js";

/** Where a minimizer met NaN or ∞: the first part of the examples where it comes up, and the op that made it. @param epoch the iteration; 0 for the start */
export async function explainMinimizerStop<P extends Tree>(
  { objective, backend, train, batchSize = train.size }: FitByMinimizerOptions<P>,
  { params, value }: Outcome<P>,
  epoch: number,
): Promise<NonFinite> {
  const stage = Number.isFinite(value) ? "gradient" : "loss";
  const parts = Math.ceil(train.size / batchSize);
  const rowsOf = (part: number) => {
    const start = part * batchSize;
    return { start, stop: Math.min(start + batchSize, train.size) };
  };
  const again =
    (part: number): Again<P> =>
    (theta) => {
      const { start, stop } = rowsOf(part);
      return objective(theta, takeBatch(backend, train, null, start, stop), { training: true });
    };
  let part = 0;
  while (part < parts - 1 && !(await failsAt(again(part), params, stage))) part++;
  const { start, stop } = rowsOf(part);
  return explainStop({ epoch, batch: part + 1, stage }, value, params, again(part), {
    backend,
    examples: train,
    rows: Array.from({ length: stop - start }, (_, i) => start + i),
    unit: "iteration",
  });
}

async function failsAt<P extends Tree>(f: Again<P>, params: P, stage: "loss" | "gradient"): Promise<boolean> {
  if (stage === "loss") return !Number.isFinite(await readScalar(f(params)));
  const { gradient } = valueAndGrad(f)(params);
  const numbers = await Promise.all(leaves(gradient).map((leaf) => leaf.read()));
  return numbers.some((leaf) => !leaf.every(Number.isFinite));
}
