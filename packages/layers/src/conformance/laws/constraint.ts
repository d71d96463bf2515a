import { rng, type Value } from "@paramat/core";
import { gapBetween } from "../gap.js";
import { compareAt, type Law } from "../law.js";
import { valuesAt } from "../point.js";
import { norm, randomPoint, roundingOf } from "../trial.js";

/** What `project`, `fromFree` and `init` give meets the constraint, `init` inside it; `project` keeps what meets it; `toFree` is a preimage. */
export const constraint: Law = {
  name: "constraint",
  check(trial) {
    const { K, backend } = trial;
    const C = K.constraint;
    if (!C) return { verdict: "note", error: 0, detail: "none declared" };
    const { θ } = randomPoint(trial);
    const { θ: theta } = valuesAt({ θ }, backend);
    const fails = (
      [
        ["project(θ)", () => C.project(theta)],
        ["fromFree(free)", () => C.fromFree(theta)],
        ["init", () => K.init(rng(trial.seed), backend)],
      ] as [string, () => Value][]
    ).flatMap(([name, make]) => (C.holds(make()) ? [] : [`${name} does not meet ${C.name}`]));
    if (
      fails.length === 0 &&
      !C.toFree(K.init(rng(trial.seed), backend))
        .toArray()
        .every(Number.isFinite)
    ) {
      fails.push(`init lies on the edge of ${C.name}, where the free form is infinite and cannot be trained`);
    }
    if (fails.length > 0) return { verdict: "broken", error: 1, detail: `broken: ${fails.join("; ")}` };
    // Softplus and its inverse lose a few digits between them.
    const limit = 1e3 * roundingOf({ θ }, backend);
    const found = compareAt(trial, { θ }, [
      ({ θ }) => {
        const inside = C.fromFree(θ);
        return gapBetween("fromFree(toFree(θ)) = θ", inside.toArray(), C.fromFree(C.toFree(inside)), {
          scale: norm(inside.toArray()),
          limit,
        });
      },
      ({ θ }) => {
        const inside = C.project(θ);
        return gapBetween("project(θ) = θ where θ meets the constraint", inside.toArray(), C.project(inside), {
          scale: norm(inside.toArray()),
          limit,
        });
      },
    ]);
    return found.verdict === "holds" ? { ...found, detail: `${C.name}: met by project, fromFree and init` } : found;
  },
};
