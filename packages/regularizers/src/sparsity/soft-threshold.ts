import { abs, mul, relu, sign, sub, type Value, type ValueLike } from "@paramat/core";

/** sign(w) max(|w| − t, 0), the proximal map of t‖w‖₁. */
export function softThreshold(w: Value, t: ValueLike): Value {
  return mul(sign(w), relu(sub(abs(w), t)));
}
