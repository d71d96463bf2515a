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
    if (result.verdict === "ok") return { verdict: "holds", error: 0, detail: result.summary };
    return { verdict: "broken", error: 1, detail: `broken: ${result.summary}`, table: String(result).split("\n").slice(1) };
  },
};
