import { add, type Shape, zeros } from "@paramat/core";
import type { Layer } from "../layer.js";
import type { Parameterization } from "../parameterization.js";

export interface ParametricOptions {
  /** Whether b is there. Default true. */
  readonly bias?: boolean;
}

/**
 * The layer z = K(θ) y + b of any parameterization; b has one entry for each channel (the last axis of the result), and starts at 0.
 * Parameters: `theta`, and `bias` where there is one.
 * @param parameterization makes K for inputs of one shape
 */
export function parametric(name: string, parameterization: (inShape: Shape) => Parameterization, options: ParametricOptions = {}): Layer {
  const { bias = true } = options;
  return {
    name,
    build(inShape) {
      const K = parameterization(inShape);
      const channels = K.outShape.at(-1) ?? 1;
      return {
        name,
        inShape,
        outShape: K.outShape,
        numParams: K.numParams + (bias ? channels : 0),
        init: (rng, backend) => ({ theta: K.init(rng, backend), ...(bias ? { bias: zeros(backend, [channels]) } : {}) }),
        forward(params, y) {
          const { theta, bias: b } = params as { theta: typeof y; bias?: typeof y };
          const z = K.apply(theta, y);
          return b ? add(z, b) : z;
        },
      };
    },
  };
}
