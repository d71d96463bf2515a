import type { Value } from "@paramat/core";
import type { Layer } from "../layer.js";
import { mapping } from "./mapping.js";

/**
 * σ applied to every entry: `activation(relu)`, or any function of your own that keeps the shape.
 * @param name for summaries
 */
export function activation(sigma: (y: Value) => Value, name: string = sigma.name || "activation"): Layer {
  return mapping(name, (y) => sigma(y));
}
