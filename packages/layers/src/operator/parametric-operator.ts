import type { Backend } from "@paramat/backends";
import type { Rng, Shape, Tree, Value } from "@paramat/core";
import type { BlockForm } from "../structure/block-form.js";
import type { Tag } from "../tag.js";

/**
 * A map K(θ) that is linear in y, with parameters in a tree: a `Parameterization` (θ one array, K linear in it), or a product or sum of several, such as
 * a separable kernel K_x(u) ∘ K_y(v), which is linear in each of u and v but not in both. Examples lie along axis 0.
 */
export interface ParametricOperator<Theta extends Tree = Tree> {
  readonly name: string;
  readonly inShape: Shape;
  readonly outShape: Shape;
  readonly numParams: number;
  /** What is known of K(θ) whatever θ is (within the constraint). */
  readonly tags?: readonly Tag[];
  /** K(θ) y, for each example. */
  apply(theta: Theta, y: Value): Value;
  /** K(θ)ᵀ z, for each example. */
  applyTranspose(theta: Theta, z: Value): Value;
  /** Initial parameters for training. */
  init(rng: Rng, backend: Backend): Theta;
  /** K(θ) as fast unitary transforms around small blocks, where structure gives that: the source of spectrum, solve, norm, … */
  readonly blockForm?: BlockForm<Theta>;
}
