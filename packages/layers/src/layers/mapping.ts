import type { Shape, Value } from "@paramat/core";
import type { ForwardContext, Layer } from "../layer.js";

/**
 * A layer without parameters: y ↦ f(y).
 * @param outShape of one result, from that of one example; the same if left out
 */
export function mapping(
  name: string,
  f: (y: Value, context: ForwardContext) => Value,
  outShape: (inShape: Shape) => Shape = (s) => s,
): Layer {
  return {
    name,
    build: (inShape) => ({
      name,
      inShape,
      outShape: outShape(inShape),
      numParams: 0,
      init: () => ({}),
      forward: (_params, y, context) => f(y, context),
    }),
  };
}
