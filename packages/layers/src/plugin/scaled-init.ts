import type { Backend } from "@paramat/backends";
import { div, maximum, mul, type Rng, type Shape, sizeOf, sqrt, square, sum, type Value } from "@paramat/core";
import type { Constraint } from "../constraint.js";
import { randomNormal } from "../parameterizations/random-normal.js";

/**
 * Normal θ, scaled so that K(θ)y has twice the variance of y for normal y: θ · √(2·m·examples/‖K(θ)y‖²). Where there is a constraint, θ starts inside it.
 * For maps that are known only by what they do.
 */
export function scaledInit(
  K: {
    readonly thetaShape: Shape;
    readonly inShape: Shape;
    readonly outShape: Shape;
    apply(theta: Value, y: Value): Value;
    readonly constraint?: Constraint;
  },
  rng: Rng,
  backend: Backend,
): Value {
  const examples = 8;
  const normal = randomNormal(rng, backend, K.thetaShape, 1);
  // A projection would leave θ on the edge of the set, where the free form is infinite and has no gradient.
  const theta = K.constraint ? K.constraint.fromFree(normal) : normal;
  const z = K.apply(theta, randomNormal(rng, backend, [examples, ...K.inShape], 1));
  // K may be 0 for every θ; then θ keeps a finite scale.
  const energy = maximum(sum(square(z)), 1e-30);
  const scaled = mul(theta, sqrt(div(2 * examples * sizeOf(K.outShape), energy)));
  return !K.constraint || K.constraint.holds(scaled) ? scaled : theta;
}
