import { zeros } from "@paramat/core";
import { gapBetween, gapOfNumbers } from "../gap.js";
import { compareAt, type Law } from "../law.js";
import { inner, norm, randomPoint, roundingOf } from "../trial.js";

/** K(0) = A₀, and ⟨z, A₀y⟩ = ⟨A₀ᵀz, y⟩, where K says that it has a fixed part. */
export const fixedPart: Law = {
  name: "fixed part A₀",
  check(trial) {
    const { K, backend } = trial;
    const A = K.fixedPart;
    if (!A) return { verdict: "note", error: 0, detail: "none declared" };
    const { y, z } = randomPoint(trial);
    const limit = roundingOf({ y, z }, backend);
    return compareAt(trial, { y, z }, [
      ({ y }) => {
        const Ay = A.apply(y).toArray();
        return gapBetween("K(0)y = A₀y", Ay, K.apply(zeros(backend, K.thetaShape), y), { scale: norm(Ay), limit, isResult: true });
      },
      ({ y, z }) => {
        const Ay = A.apply(y).toArray();
        return gapOfNumbers("⟨z, A₀y⟩ = ⟨A₀ᵀz, y⟩", inner(z.toArray(), Ay), inner(A.applyTranspose(z).toArray(), y.toArray()), {
          scale: norm(z.toArray()) * norm(Ay) || 1,
          limit,
        });
      },
    ]);
  },
};
