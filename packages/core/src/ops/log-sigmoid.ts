import { call, input } from "@paramat/backends";
import { definePointwise } from "../define/pointwise.js";
import type { Value } from "../value.js";

/** log σ(x) = −log(1 + e⁻ˣ) entry by entry, ≤ 0; accurate where σ(x) itself underflows. */
export function logSigmoid(x: Value): Value {
  return op(x);
}

// log σ(x) = −softplus(−x), so d log σ(x) = σ(−x) dx
const op = definePointwise({ name: "logSigmoid", f: call("neg", call("softplus", call("neg", input(0)))) });
