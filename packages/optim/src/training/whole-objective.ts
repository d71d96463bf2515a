import { add, compile, leaves, mapLeaves, mul, rebuild, type Tree, type Value, valueAndGrad, zeros } from "@paramat/core";
import type { Objective } from "../minimize/problem.js";
import { type Batch, takeBatch } from "./examples.js";
import type { FitByMinimizerOptions } from "./fit-options.js";
import type { Pacer } from "./pacer.js";
import { readScalar } from "./read-scalar.js";
import { keepInScope } from "./training-state.js";

/**
 * θ ↦ (1/n) Σₑ objective over all training examples. They are one batch, in ops, so that every derivative follows; or, with a `batchSize`, parts whose
 * values and gradients are added up, Σ (size/n)·f and Σ (size/n)·∇f, in the memory of one part.
 * @remarks Between two parts the event loop has its turn, and the signal is looked at: its reason is thrown.
 */
export function wholeObjective<P extends Tree>(options: FitByMinimizerOptions<P>, breathe: Pacer): Objective<P> {
  const { backend, train, batchSize = train.size } = options;
  if (batchSize >= train.size) {
    const all = takeBatch(backend, train, null, 0, train.size);
    return (params) => options.objective(params, all, { training: true });
  }
  return { valueAndGradient: (params) => sumOfParts(options, batchSize, partOf(options), params, breathe) };
}

/** The gradient so far, and that of a part added to it; and the part's value. */
type Part<P extends Tree> = (params: P, soFar: P, batch: Batch) => { readonly value: Value; readonly gradient: P };

function partOf<P extends Tree>({ objective, train, compile: isCompiled = true }: FitByMinimizerOptions<P>): Part<P> {
  const part: Part<P> = (params, soFar, batch) => {
    const { value, gradient } = valueAndGrad((theta: P) => objective(theta, batch, { training: true }))(params);
    const added = leaves(gradient);
    const weight = batch.size / train.size;
    return {
      value,
      gradient: rebuild(
        soFar,
        leaves(soFar).map((x, i) => add(x, mul(weight, (added[i] as Value).array))),
      ),
    };
  };
  return isCompiled ? compile(part) : part;
}

async function sumOfParts<P extends Tree>(
  { backend, train, signal }: FitByMinimizerOptions<P>,
  batchSize: number,
  part: Part<P>,
  params: P,
  breathe: Pacer,
): Promise<{ readonly value: number; readonly gradient: P }> {
  let value = 0;
  let gradient = mapLeaves(params, (x) => zeros(x.backend, x.shape));
  for (let start = 0; start < train.size; start += batchSize) {
    const stop = Math.min(start + batchSize, train.size);
    const found = keepInScope(
      backend,
      () => part(params, gradient, takeBatch(backend, train, null, start, stop)),
      (found) => [found.value, found.gradient],
    );
    value += ((stop - start) / train.size) * (await readScalar(found.value));
    gradient = found.gradient;
    await breathe();
    signal?.throwIfAborted();
  }
  return { value, gradient };
}
