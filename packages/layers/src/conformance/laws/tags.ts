import type { Parameterization } from "../../parameterization.js";
import { verifyTags } from "../../structure/verify-tags.js";
import type { Tag } from "../../tag.js";
import { counterexampleInWords } from "../counterexample.js";
import type { Law } from "../law.js";
import { type Numbers, valuesAt } from "../point.js";
import { shrink } from "../shrink.js";
import { drawMeeting, type Trial } from "../trial.js";

/** K(θ) is what its tags claim, for θ within the constraint; a wrong one is shown at a θ made small. */
export const verifiedTags: Law = {
  name: "tags",
  check(trial) {
    const { K, backend, seed } = trial;
    if (!K.tags || K.tags.length === 0) return { verdict: "note", error: 0, detail: "none declared" };
    const all = verifyTags(K, backend, { seed });
    if (all.ok) return { verdict: "holds", error: 0, detail: K.tags.join(", ") };
    const tag = K.tags.find((tag) => !verifyTags({ ...K, tags: [tag] }, backend, { seed }).ok) ?? (K.tags[0] as Tag);
    const small = shrink({ θ: drawMeeting(trial) }, ({ θ }) => meets(trial, θ) && !resultAt(trial, tag, θ).ok);
    const { ok, detail } = resultAt(trial, tag, small.θ);
    return {
      verdict: "broken",
      error: all.error,
      detail: `broken: K(θ) is not ${tag}`,
      counterexample: counterexampleInWords(ok ? {} : small, ok ? all.detail : detail),
    };
  },
};

/** The tag at one θ: a constraint that only that θ meets leaves nothing else to draw. */
function resultAt({ K, backend }: Trial, tag: Tag, θ: Numbers) {
  const { θ: theta } = valuesAt({ θ }, backend);
  const only = { name: "θ", project: () => theta, fromFree: () => theta, toFree: () => theta, holds: () => true };
  const there: Parameterization = { ...K, tags: [tag], constraint: only };
  return verifyTags(there, backend, { draws: 1 });
}

function meets({ K, backend }: Trial, θ: Numbers): boolean {
  return !K.constraint || K.constraint.holds(valuesAt({ θ }, backend).θ);
}
