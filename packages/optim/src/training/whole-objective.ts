import { add, hvp, leaves, mapLeaves, mul, rebuild, type Tree, type Value, valueAndGrad, zeros } from "@paramat/core";
import { compiledIf } from "../compiled-if.js";
import type { Objective, ReducedObjective } from "../minimize/problem.js";
import { type Vectors, vectorsLike } from "../minimize/vectors.js";
import { type Batch, takeBatch } from "./examples.js";
import type { FitByMinimizerOptions } from "./fit-options.js";
import type { Pacer } from "./pacer.js";
import { readScalar } from "./read-scalar.js";

/**
 * θ ↦ (1/n) Σₑ objective over all training examples. They are one batch, in ops, so that every derivative follows; or, with a `batchSize`, parts whose
 * values, gradients and products with the Hessian are added up, Σ (size/n)·f and so on, in the memory of one part.
 * @remarks Between two parts the event loop has its turn, and the signal is looked at: its reason is thrown.
 */
export function wholeObjective<P extends Tree>(options: FitByMinimizerOptions<P>, breathe: Pacer): Objective<P> {
  const { backend, train, batchSize = train.size } = options;
  if (batchSize >= train.size) {
    const all = takeBatch(backend, train, null, 0, train.size);
    return (params) => options.objective(params, all, { training: true });
  }
  return sumOfParts(options, batchSize, breathe);
}

function sumOfParts<P extends Tree>(options: FitByMinimizerOptions<P>, batchSize: number, breathe: Pacer): ReducedObjective<P> {
  const { backend, train, objective, compile: isCompiled = true, signal } = options;
  const weightOf = ({ size }: Batch) => size / train.size;
  const compiled = <A extends readonly unknown[], Z>(f: (...args: A) => Z) => compiledIf(isCompiled, "fit", "the objective", f);
  const f = (batch: Batch) => (theta: P) => objective(theta, batch, { training: true });
  const gradientPart = compiled((soFar: P, batch: Batch, params: P): { readonly made: P; readonly value: Value } => {
    const { value, gradient } = valueAndGrad(f(batch))(params);
    return { made: plusWeighted(soFar, weightOf(batch), gradient), value };
  });
  const productPart = compiled((soFar: P, batch: Batch, params: P, v: P): { readonly made: P } => ({
    made: plusWeighted(soFar, weightOf(batch), hvp(f(batch), params, v)),
  }));

  /** Σ over the parts of what `part` adds, made by `vectors`; `read` is shown each part's result. */
  const total = async <R extends Tree & { readonly made: P }>(
    vectors: Vectors,
    like: P,
    part: (soFar: P, batch: Batch) => R,
    read: (found: R, weight: number) => Promise<void> | void,
  ): Promise<P> => {
    const own = vectors.part();
    let sum = own.make(() => mapLeaves(like, (x) => zeros(x.backend, x.shape)));
    for (let start = 0; start < train.size; start += batchSize) {
      const stop = Math.min(start + batchSize, train.size);
      const found = own.make(() => part(sum, takeBatch(backend, train, null, start, stop)));
      await read(found, (stop - start) / train.size);
      sum = found.made;
      own.keepOnly(sum);
      await breathe();
      signal?.throwIfAborted();
    }
    const handed = vectors.scaled(1, sum);
    own.keepOnly();
    return handed;
  };

  return {
    keepsNothing: true,
    async valueAndGradient(params, vectors = vectorsLike(params)) {
      let value = 0;
      const gradient = await total(
        vectors,
        params,
        (soFar, batch) => gradientPart(soFar, batch, params),
        async (found, weight) => {
          value += weight * (await readScalar(found.value));
        },
      );
      return { value, gradient };
    },
    hessianAt: async (params) => (v, vectors) =>
      total(
        vectors,
        params,
        (soFar, batch) => productPart(soFar, batch, params, v),
        () => {},
      ),
  };
}

/** y + α x, leaf by leaf, on plain arrays. */
function plusWeighted<P extends Tree>(y: P, alpha: number, x: P): P {
  const others = leaves(x);
  return rebuild(
    y,
    leaves(y).map((leaf, i) => add(leaf, mul(alpha, (others[i] as Value).array))),
  );
}
