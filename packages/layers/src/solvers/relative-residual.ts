import { leaves, rebuild, sub, type Tree, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import { lengths, ratios, worst } from "./per-example.js";

/** ‖z − K(θ) x‖/‖z‖ of the worst example, a number that no tape sees. */
export function relativeResidual<Theta extends Tree>(
  K: Pick<ParametricOperator<Theta>, "apply">,
  theta: Theta,
  x: Value,
  z: Value,
): number {
  const plain = rebuild(
    theta,
    leaves(theta).map((t) => t.array),
  );
  return worst(ratios(lengths(sub(z.array, K.apply(plain, x.array))), lengths(z.array)));
}
