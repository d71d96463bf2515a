import { add, concat, type Value } from "@paramat/core";
import { gapBetween } from "../gap.js";
import { compareAt, type Law } from "../law.js";
import type { Point } from "../point.js";
import { gainOf, norm, randomPoint, roundingOf } from "../trial.js";

/** Several examples at once give what they give one by one; `jacobianTranspose` gives the sum. */
export const examplesApart: Law = {
  name: "examples do not mix",
  check(trial) {
    const { K, backend, draw } = trial;
    const gain = gainOf(trial);
    const { θ } = randomPoint(trial);
    // Two are enough to mix, and make a short counterexample.
    const one: Point<"θ" | "y" | "y′" | "z" | "z′"> = {
      θ,
      y: draw([1, ...K.inShape]),
      "y′": draw([1, ...K.inShape]),
      z: draw([1, ...K.outShape]),
      "z′": draw([1, ...K.outShape]),
    };
    const limit = roundingOf(one, backend);
    const size = (...arrays: Value[]) => arrays.reduce((product, x) => product * norm(x.toArray()), gain);
    return compareAt(trial, one, [
      ({ θ, y, "y′": other }) =>
        gapBetween(
          "K of two examples is K of each",
          concat([K.apply(θ, y), K.apply(θ, other)], { axis: 0 }).toArray(),
          K.apply(θ, concat([y, other], { axis: 0 })),
          { scale: size(θ, y), limit },
        ),
      ({ θ, z, "z′": other }) =>
        gapBetween(
          "Kᵀ of two examples is Kᵀ of each",
          concat([K.applyTranspose(θ, z), K.applyTranspose(θ, other)], { axis: 0 }).toArray(),
          K.applyTranspose(θ, concat([z, other], { axis: 0 })),
          { scale: size(θ, z), limit },
        ),
      ({ y, "y′": otherY, z, "z′": otherZ }) =>
        gapBetween(
          "jacobianTranspose of two examples is the sum of each",
          add(K.jacobianTranspose(y, z), K.jacobianTranspose(otherY, otherZ)).toArray(),
          K.jacobianTranspose(concat([y, otherY], { axis: 0 }), concat([z, otherZ], { axis: 0 })),
          { scale: size(y, z), limit },
        ),
    ]);
  },
};
