import { add, type Shape, ShapeError, type Tree, type Value, zeros } from "@paramat/core";
import type { BuiltLayer, Layer } from "../layer.js";
import type { ParametricOperator } from "../operator/parametric-operator.js";

export interface OperatorLayerOptions {
  /** Whether b is there. Default true. */
  readonly bias?: boolean;
}

/** A layer that can say its K. */
export interface BuiltOperatorLayer extends BuiltLayer {
  readonly operator: ParametricOperator;
}

/**
 * The layer z = K(θ) y + b of any operator with parameters, a separable convolution say; b has one entry for each channel (the last axis of the
 * result), and starts at 0. Parameters: `theta` (a tree, as K has it), and `bias` where there is one.
 * @param operator makes K for inputs of one shape
 * @example
 * import { network, operatorLayer, separableConvolution } from "@paramat/layers";
 * const separable = operatorLayer("separable", (inShape) => separableConvolution(inShape, { channels: 4, kernel: 5 }));
 * network([separable], { inShape: [8, 8, 1] }).numParams; // → 44
 */
export function operatorLayer<Theta extends Tree>(
  name: string,
  operator: (inShape: Shape) => ParametricOperator<Theta>,
  options: OperatorLayerOptions = {},
): Layer {
  const { bias = true } = options;
  return {
    name,
    build(inShape): BuiltOperatorLayer {
      const K = operator(inShape);
      const channels = K.outShape.at(-1) ?? 1;
      return {
        name,
        inShape,
        outShape: K.outShape,
        numParams: K.numParams + (bias ? channels : 0),
        // Theta is what K itself makes in `init`, so every tree that reaches K through this layer has K's form.
        operator: K as unknown as ParametricOperator,
        init: (rng, backend) => ({ theta: K.init(rng, backend), ...(bias ? { bias: zeros(backend, [channels]) } : {}) }),
        forward(params, y) {
          const { theta, bias: b } = params as { theta: Theta; bias?: Value };
          if (bias !== (b !== undefined))
            throw new ShapeError(
              `${name}: ${bias ? "no bias among the parameters" : "a bias among the parameters of a layer without"}; found ${Object.keys(params).join(", ") || "none"}`,
            );
          const z = K.apply(theta, y);
          return b ? add(z, b) : z;
        },
      };
    },
  };
}

export function hasOperator(layer: BuiltLayer): layer is BuiltOperatorLayer {
  return "operator" in layer;
}
