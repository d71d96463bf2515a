import type { Value } from "@paramat/core";
import { precisionTest } from "@paramat/core/check";
import type { Law } from "../law.js";
import { valuesAt } from "../point.js";
import { randomPoint } from "../trial.js";

/** K(θ)y and its gradient in float32 lose no more digits than rounding θ and y does. */
export const float32Agrees: Law = {
  name: "float32",
  check(trial) {
    const { K, backend, seed, float32 } = trial;
    if (!float32) return { verdict: "note", error: 0, detail: "not tried: no backend in float32 was given" };
    const { θ, y } = randomPoint(trial);
    const values = valuesAt({ θ, y }, backend);
    const inputs: readonly Value[] = [values.θ, values.y];
    const result = precisionTest(([theta, input]: readonly Value[]) => K.apply(theta as Value, input as Value), inputs, {
      seed,
      backend: float32,
    });
    const holds = result.verdict === "ok";
    const detail = holds ? result.summary : String(result).replace(/\s+/g, " ");
    return { verdict: holds ? "holds" : "broken", error: holds ? 0 : 1, detail };
  },
};
