import type { Backend } from "@paramat/backends";
import { add, compile, grad, leaves, mul, ndarray, type Rng, sum, type Tree, type Value } from "@paramat/core";
import type { Optimizer } from "../optimizers/optimizer.js";

/** ½Σp² + ¼Σp⁴ over all leaves, with gradient p + p³, which is never 0 but at 0. */
export function quartic(params: Tree): Value {
  return leaves(params)
    .map((p) => {
      const squared = mul(p, p);
      return add(mul(0.5, sum(squared)), mul(0.25, sum(mul(squared, squared))));
    })
    .reduce((a, b) => add(a, b));
}

/** All entries after each of `steps` steps down f from `params`; `ruleAt` is the rule of the k-th step, from 0. */
export function trajectory<P extends Tree>(
  ruleAt: (k: number) => Optimizer,
  params: P,
  steps: number,
  { f = quartic, isCompiled = false }: { readonly f?: (params: P) => Value; readonly isCompiled?: boolean } = {},
): number[][] {
  const run = (rule: Optimizer) => (theta: P, state: Tree) => rule.step(theta, grad(f)(theta), state);
  const compiled = isCompiled ? compile(run(ruleAt(0))) : undefined;
  let at = { params, state: ruleAt(0).init(params) };
  return Array.from({ length: steps }, (_, k) => {
    at = (compiled ?? run(ruleAt(k)))(at.params, at.state);
    return numbersOf(at.params);
  });
}

/** All entries of all leaves. */
export function numbersOf(tree: Tree): number[] {
  return leaves(tree).flatMap((x) => [...x.toArray()]);
}

/** The largest difference of two lists of steps. */
export function apart(a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number {
  return a.reduce(
    (worst, row, k) => row.reduce((most, x, i) => Math.max(most, Math.abs(x - (b[k]?.[i] ?? Number.POSITIVE_INFINITY))), worst),
    0,
  );
}

/** `size` entries of either sign between 1 and 2: none is near 0. */
export function drawnStart(backend: Backend, stream: Rng, size = 4): Value {
  return ndarray(
    backend,
    Array.from({ length: size }, (_, i) => (i % 2 === 0 ? 1 : -1) * (1 + stream.uniform())),
  );
}
