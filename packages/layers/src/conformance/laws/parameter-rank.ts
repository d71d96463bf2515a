import { sizeOf } from "@paramat/core";
import { hasEntries } from "../../plugin/matrix-entries.js";
import { matrixQ } from "../../structure/matrix-q.js";
import { parameterRank } from "../../structure/parameter-rank.js";
import type { Law } from "../law.js";

/** Probing Q costs p dense matrices; beyond so many numbers it takes minutes. */
const MOST_PROBED = 5e7;
const MOST_PARAMETERS = 2000;

/** Rank of Q; parameters that K does not depend on, or could do without, are named. */
export const rankOfQ: Law = {
  name: "rank of Q",
  check({ K, backend }) {
    const numbers = K.numParams * sizeOf(K.outShape) * sizeOf(K.inShape);
    if (K.numParams > MOST_PARAMETERS || (!hasEntries(K) && numbers > MOST_PROBED)) {
      const size = `${sizeOf(K.outShape)} × ${sizeOf(K.inShape)} with ${K.numParams} parameters`;
      return { verdict: "note", error: 0, detail: `not computed: K is ${size}; check a smaller instance` };
    }
    const rank = parameterRank(matrixQ(K, { backend }));
    return { verdict: rank.isFull ? "holds" : "remark", error: 0, detail: String(rank) };
  },
};
