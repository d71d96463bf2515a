import type { Value } from "../value.js";
import { div } from "./div.js";
import { norm } from "./norm.js";
import { degreesOfFreedom, deviations, type VarianceOptions } from "./variance.js";

/**
 * √variance = ‖x − x̄‖₂ / √(n − correction) over `axes`, in the units of x.
 * @throws ShapeError if n ≤ correction, or an axis is outside the array or named twice; TypeError if an option is not known
 * @remarks Where all entries are equal it is not differentiable, and the derivative is taken as 0 (see `norm`).
 */
export function std(x: Value, options: VarianceOptions = {}): Value {
  const freedom = degreesOfFreedom("std", x, options);
  const { correction: _, ...over } = options;
  return div(norm(deviations(x, over), over), Math.sqrt(freedom));
}
