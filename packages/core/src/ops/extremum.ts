import type { NDArray } from "../array.js";
import type { Primitive } from "../primitive.js";
import { normalizeAxes, type Shape } from "../shape.js";
import { apply } from "../tape.js";
import { stopGradient } from "../transforms/stop-gradient.js";
import type { Value } from "../value.js";
import { broadcastTo } from "./broadcast.js";
import { equal } from "./comparisons.js";
import { div } from "./div.js";
import { dropAxes, keptShape } from "./kept-axes.js";
import { requireKnownOptions } from "./known-options.js";
import { mul } from "./mul.js";
import { requireEntries } from "./require-entries.js";
import { type ReduceOptions, sum } from "./sum.js";

/** max x or min x over `axes`, under the name `kind`. @throws ShapeError if there is nothing to choose from */
export function extremum(kind: "max" | "min", x: Value, options: ReduceOptions): Value {
  requireKnownOptions(kind, options, ["axes", "keepAxes"]);
  requireEntries(kind, x.shape, options.axes);
  const axes = normalizeAxes(kind, options.axes, x.shape.length);
  const kept = apply(kind === "max" ? maxPrimitive : minPrimitive, [x], axes);
  return dropAxes(kept, axes, options.keepAxes);
}

function extremumPrimitive(kind: "max" | "min"): Primitive<readonly number[]> {
  return {
    name: kind,
    shape: ([x], axes) => keptShape(x as Shape, axes),
    forward: (backend, [x], axes) =>
      axes.length === 0 ? (x as NDArray).buffer : backend.reduce(kind, (x as NDArray).shape, axes, (x as NDArray).buffer),
    // dz = Σᵢ wᵢ dxᵢ, where wᵢ = 1/(number of ties) at the ties and 0 elsewhere
    jvp: ([x], [dx], z, axes) => (dx ? sum(mul(tieWeights(x as Value, z, axes), dx), { axes, keepAxes: true }) : null),
    vjp: ([x], ct, z, axes) => [mul(tieWeights(x as Value, z, axes), broadcastTo(ct, (x as Value).shape))],
  };
}

const maxPrimitive = extremumPrimitive("max");
const minPrimitive = extremumPrimitive("min");

/** The weights are piecewise constant in x, so derivatives of higher order see constants. A NaN ties with nothing: its weights are 0/0, NaN too. */
function tieWeights(x: Value, z: Value, axes: readonly number[]): Value {
  const ties = equal(stopGradient(x), stopGradient(z));
  return div(ties, sum(ties, { axes, keepAxes: true }));
}
