import { reshape, type Shape, ShapeError, sameShape, showShape, sizeOf, type Value } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import type { Parameterization } from "../parameterization.js";
import type { Rediscretizable, RediscretizeOptions } from "./rediscretize.js";

/** Parameters of the factors by name. */
export type NamedParams = { readonly [factor: string]: Value };

/** One factor of a product, and what its parameters are called. */
export interface NamedFactor {
  readonly name: string;
  readonly K: Parameterization;
  /** Shape in which its θ stands in the tree, with as many entries; K's own if left out. */
  readonly thetaShape?: Shape;
  rediscretize(theta: Value, options: RediscretizeOptions): Value;
}

/** K_L(θ_L) … K₂(θ₂) K₁(θ₁): the first factor acts first; parameters in a tree by the factors' names. Linear in y and in each θ, not in all together. */
export function namedProduct(
  name: string,
  factors: readonly NamedFactor[],
): ParametricOperator<NamedParams> & Rediscretizable<NamedParams> {
  const [first, last] = [factors[0] as NamedFactor, factors.at(-1) as NamedFactor];
  const own = (theta: NamedParams, factor: NamedFactor): Value => {
    const { name: key, K, thetaShape = K.thetaShape } = factor;
    const found = theta[key];
    if (!found || !sameShape(found.shape, thetaShape)) {
      throw new ShapeError(
        `${name}: ${key} is ${found ? showShape(found.shape) : "not among the parameters"}; it must be ${showShape(thetaShape)}`,
      );
    }
    return reshape(found, K.thetaShape);
  };
  return {
    name,
    inShape: first.K.inShape,
    outShape: last.K.outShape,
    numParams: factors.reduce((total, { K }) => total + sizeOf(K.thetaShape), 0),
    apply: (theta, y) => factors.reduce((x, factor) => factor.K.apply(own(theta, factor), x), y),
    applyTranspose: (theta, z) => factors.reduceRight((x, factor) => factor.K.applyTranspose(own(theta, factor), x), z),
    init: (rng, backend) =>
      Object.fromEntries(factors.map(({ name: key, K, thetaShape = K.thetaShape }) => [key, reshape(K.init(rng, backend), thetaShape)])),
    rediscretize: (theta, options) =>
      Object.fromEntries(factors.map((factor) => [factor.name, factor.rediscretize(theta[factor.name] as Value, options)])),
  };
}
