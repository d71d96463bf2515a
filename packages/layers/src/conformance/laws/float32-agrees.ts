import { BackendError, type Value } from "@paramat/core";
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
    try {
      const result = precisionTest(([theta, input]: readonly Value[]) => K.apply(theta as Value, input as Value), inputs, {
        seed,
        backend: float32,
      });
      if (result.verdict === "ok") return { verdict: "holds", error: 0, detail: result.summary };
      return { verdict: "broken", error: 1, detail: `broken: ${result.summary}`, table: String(result).split("\n").slice(1) };
    } catch (error) {
      if (!(error instanceof BackendError)) throw error;
      const detail = `K runs on ${backend.name} only: ${error.message}; K's own arrays would go with y by ndarray(y.backend, …)`;
      return { verdict: "remark", error: 0, detail };
    }
  },
};
