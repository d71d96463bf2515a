import type { Layer } from "../layer.js";
import { denseMatrix } from "../parameterizations/dense-matrix.js";
import { type ParametricOptions, parametric } from "./parametric.js";

/** The layer z = θ y + b with every entry of θ ∈ R^{m×n} free; y is taken as a vector. Parameters: theta [m, n], bias [m]. */
export function dense(m: number, options: ParametricOptions = {}): Layer {
  return parametric("dense", (inShape) => denseMatrix(inShape, [m]), options);
}
