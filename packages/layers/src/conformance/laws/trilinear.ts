import type { Value } from "@paramat/core";
import { gapOfNumbers } from "../gap.js";
import { type Comparison, compareAt, type Law } from "../law.js";
import { applyLinear, gainOf, inner, norm, randomPoint, roundingOf } from "../trial.js";

/** ⟨z, K(θ)y⟩ = ⟨K(θ)ᵀz, y⟩ = ⟨Qᵀvec(zyᵀ), θ⟩, the last without the fixed part. */
export const trilinear: Law = {
  name: "⟨z, Ky⟩ = ⟨Kᵀz, y⟩ = ⟨Qᵀ, θ⟩",
  check(trial) {
    const { K, backend } = trial;
    const gain = gainOf(trial);
    const point = randomPoint(trial);
    const limit = roundingOf(point, backend);
    // The inner products themselves may be near 0, so errors are measured against the norms.
    const scale = (θ: Value, y: Value, z: Value, Ky: Value) => {
      const [t, a, b] = [θ, y, z].map((x) => norm(x.toArray())) as [number, number, number];
      return Math.max(gain * t * a, norm(Ky.toArray())) * b;
    };
    const transpose: Comparison<"θ" | "y" | "z"> = ({ θ, y, z }) => {
      const Ky = K.apply(θ, y);
      const [expected, found] = [inner(z.toArray(), Ky.toArray()), inner(K.applyTranspose(θ, z).toArray(), y.toArray())];
      return gapOfNumbers("applyTranspose: ⟨z, Ky⟩ = ⟨Kᵀz, y⟩", expected, found, {
        scale: scale(θ, y, z, Ky),
        limit,
      });
    };
    const derivative: Comparison<"θ" | "y" | "z"> = ({ θ, y, z }) => {
      const Ky = applyLinear(K, θ, y);
      const [expected, found] = [inner(z.toArray(), Ky.toArray()), inner(K.jacobianTranspose(y, z).toArray(), θ.toArray())];
      return gapOfNumbers("jacobianTranspose: ⟨z, Ky⟩ = ⟨Qᵀvec(zyᵀ), θ⟩", expected, found, {
        scale: scale(θ, y, z, Ky),
        limit,
      });
    };
    return compareAt(trial, point, [transpose, derivative]);
  },
};
