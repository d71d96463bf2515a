import { add, mul, type Tree, type Value } from "@paramat/core";

/** R(W): a scalar that is large where parameters are unlikely, to be added to a loss; W is a tree of parameters. Its gradient has the form of W. */
export type Regularizer = <W extends Tree>(params: W) => Value;

/** λ R(W). @throws RangeError unless λ is finite and ≥ 0 */
export function weighted(lambda: number, regularizer: Regularizer): Regularizer {
  requireWeight("weighted", lambda);
  return (params) => mul(lambda, regularizer(params));
}

/** R₁(W) + R₂(W) + …. @throws TypeError if there is none */
export function sumOf(...regularizers: readonly Regularizer[]): Regularizer {
  if (regularizers.length === 0) throw new TypeError("sumOf: there is no regularizer to add; give at least one");
  return (params) => regularizers.map((regularizer) => regularizer(params)).reduce((a, b) => add(a, b));
}

/** @throws RangeError unless λ is finite and ≥ 0 */
export function requireWeight(regularizer: string, lambda: number): void {
  if (!(lambda >= 0 && lambda < Number.POSITIVE_INFINITY)) {
    throw new RangeError(`${regularizer}: lambda is ${lambda}; it must be a finite number ≥ 0`);
  }
}
