import type { Shape, Value } from "@paramat/core";
import type { Layer, Params } from "../layer.js";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import type { Parameterization } from "../parameterization.js";
import { isRediscretizable, type RediscretizeOptions } from "../stencils/rediscretize.js";
import { type OperatorLayerOptions, operatorLayer } from "./operator-layer.js";

export interface ParametricOptions extends OperatorLayerOptions {
  /**
   * How θ is kept within K's constraint, where K has one. `"free"`: the layer's parameter is η with θ = `fromFree(η)` (softplus for θ ≥ 0), and any
   * method may train it. `"projection"`: the parameter is θ, and the network's `project` puts it back after a step. `"none"`: not at all. Default `"free"`.
   */
  readonly keep?: "free" | "projection" | "none";
}

/**
 * The layer z = K(θ) y + b of any parameterization: `operatorLayer` where θ is one array. b has one entry for each channel (the last axis of the
 * result), and starts at 0. Parameters: `theta` (η where a constraint is kept by `"free"`), and `bias` where there is one.
 * @param parameterization makes K for inputs of one shape
 */
export function parametric(name: string, parameterization: (inShape: Shape) => Parameterization, options: ParametricOptions = {}): Layer {
  const { keep = "free" } = options;
  return {
    name,
    build(inShape) {
      const K = parameterization(inShape);
      const { constraint } = K;
      const operator = constraint && keep === "free" ? throughFree(K, constraint) : K;
      const built = operatorLayer(name, () => operator, options).build(inShape);
      if (!constraint || keep !== "projection") return built;
      return { ...built, project: (params: Params): Params => ({ ...params, theta: constraint.project(params.theta as Value) }) };
    },
  };
}

/** K(fromFree(η)): still linear in y, no longer in its parameter. */
function throughFree(K: Parameterization, { fromFree, toFree }: NonNullable<Parameterization["constraint"]>): ParametricOperator<Value> {
  const { name, inShape, outShape, numParams, tags, blockForm } = K;
  return {
    name,
    inShape,
    outShape,
    numParams,
    ...(tags && { tags }),
    ...(blockForm && { blockForm: { ...blockForm, blocks: (eta: Value) => blockForm.blocks(fromFree(eta)) } }),
    apply: (eta, y) => K.apply(fromFree(eta), y),
    applyTranspose: (eta, z) => K.applyTranspose(fromFree(eta), z),
    init: (rng, backend) => toFree(K.init(rng, backend)),
    ...(isRediscretizable<Value>(K) && {
      rediscretize: (eta: Value, options: RediscretizeOptions) => toFree(K.rediscretize(fromFree(eta), options)),
    }),
  };
}
