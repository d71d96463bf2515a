import type { Tree, Value } from "@paramat/core";
import { checkDerivatives } from "@paramat/core/check";
import type { Law } from "../law.js";
import { valuesAt } from "../point.js";
import { randomPoint, type Trial } from "../trial.js";

/** What autodiff makes of K(θ)y, in θ and in y, to second order: modes against each other and against differences. */
export const derivatives: Law = {
  name: "derivatives, order 1 and 2",
  check: (trial) => derivativesOf(trial, ["apply"], 2),
};

/** Autodiff through K(θ)ᵀz and Qᵀvec(zyᵀ): Newton's method and solvers differentiate them too. */
export const transposeDerivatives: Law = {
  name: "derivatives of Kᵀz and Qᵀ",
  check: (trial) => derivativesOf(trial, ["applyTranspose", "jacobianTranspose"], 1),
};

type Contraction = "apply" | "applyTranspose" | "jacobianTranspose";

function derivativesOf(trial: Trial, contractions: readonly Contraction[], order: 1 | 2) {
  const { K, backend, seed } = trial;
  const { θ, y, z } = valuesAt(randomPoint(trial), backend);
  const runs = {
    apply: [["θ", "y"], ({ θ, y }) => K.apply(θ as Value, y as Value), { θ, y }],
    applyTranspose: [["θ", "z"], ({ θ, z }) => K.applyTranspose(θ as Value, z as Value), { θ, z }],
    jacobianTranspose: [["y", "z"], ({ y, z }) => K.jacobianTranspose(y as Value, z as Value), { y, z }],
  } satisfies Record<Contraction, [string[], (at: Readonly<Record<string, Value>>) => Tree, Readonly<Record<string, Value>>]>;
  for (const name of contractions) {
    const [, run, at] = runs[name];
    const report = checkDerivatives<Readonly<Record<string, Value>>, Tree>(run, at, { seed, order });
    if (report.ok) continue;
    const wrong = report.checks.filter((check) => check.verdict !== "ok" && !check.name.endsWith("beside x"));
    const detail = `broken for ${name}: ${wrong.map((check) => check.name).join(", ") || "beside the point tried"}`;
    return { verdict: "broken", error: 1, detail, table: wrong.flatMap((check) => String(check).split("\n")) } as const;
  }
  return { verdict: "holds", error: 0, detail: `of ${contractions.join(" and ")}, against each other and against differences` } as const;
}
