import type { Backend } from "@paramat/backends";
import { leaves, mapLeaves, ndarray, type Rng, type Tree, type Value } from "@paramat/core";
import type { Constraint } from "../constraint.js";
import type { ParametricOperator } from "../operator/parametric-operator.js";

/** Random parameters that meet K's constraint, if it has one, and their first numbers in words. */
export function drawParameters<Theta extends Tree>(
  K: ParametricOperator<Theta>,
  stream: Rng,
  backend: Backend,
): { readonly theta: Theta; readonly shown: string } {
  const random = (like: Value) =>
    ndarray(
      backend,
      Float64Array.from({ length: like.size }, () => stream.normal()),
      like.shape,
    );
  const drawn = mapLeaves(K.init(stream, backend), random);
  const { constraint } = K as { readonly constraint?: Constraint };
  const theta = constraint ? mapLeaves(drawn, (leaf) => constraint.project(leaf)) : drawn;
  const numbers = leaves(theta).flatMap((leaf) => Array.from(leaf.toArray()));
  const shown = `[${numbers
    .slice(0, 8)
    .map((x) => Number(x.toPrecision(6)))
    .join(", ")}${numbers.length > 8 ? ", …" : ""}]`;
  return { theta, shown };
}
