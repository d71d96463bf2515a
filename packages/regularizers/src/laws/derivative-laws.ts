import { grad, hvp, type Tree, type Value } from "@paramat/core";
import { taylorTest } from "@paramat/core/check";
import { along, flatten, inner, length } from "../tree-vectors.js";
import { type RegularizerLaw, type RegularizerTrial, showError } from "./law.js";

/** |R(W + hv) − R(W) − h⟨∇R, v⟩| falls like h², and with the Hessian like h³. */
export const taylorLaw: RegularizerLaw = {
  name: "Taylor",
  applies: () => true,
  check<W extends Tree>({ R, params, seed }: RegularizerTrial<W>) {
    const { verdict, summary } = taylorTest((at: W): Value => R(at), params, { seed, order: R.isSmooth ? 2 : 1 });
    // A kink among the steps says nothing of the slope.
    const ok = verdict === "ok" || (verdict === "inconclusive" && !R.isSmooth);
    return { ok, error: ok ? 0 : 1, detail: summary };
  },
};

/** The closed form of ∇R against reverse mode. */
export const gradientLaw: RegularizerLaw = {
  name: "gradient = grad R",
  applies: () => true,
  check<W extends Tree>({ R, params, drawPoint, epsilon, size }: RegularizerTrial<W>) {
    const error = Math.max(
      ...[params, drawPoint()].map((at) => distance(flatten(R.gradient(at)), flatten(grad((w: W): Value => R(w))(at)))),
    );
    return { ok: error <= 100 * size * epsilon, error, detail: `relative error ${showError(error)}` };
  },
};

/** The closed form of ∇²R v against forward over reverse mode. */
export const hessianLaw: RegularizerLaw = {
  name: "Hessian-apply = hvp R",
  applies: () => true,
  check<W extends Tree>({ R, params, drawPoint, drawDirection, epsilon, size }: RegularizerTrial<W>) {
    const error = Math.max(
      ...[params, drawPoint()].map((at) => {
        const v = drawDirection();
        return distance(flatten(R.hessianApply(at, v)), flatten(hvp((w: W): Value => R(w), at, v)));
      }),
    );
    return { ok: error <= 1000 * size * epsilon, error, detail: `relative error ${showError(error)}` };
  },
};

/** ⟨u, ∇²R v⟩ = ⟨v, ∇²R u⟩, measured against the norms. */
export const symmetryLaw: RegularizerLaw = {
  name: "Hessian symmetric",
  applies: () => true,
  check<W extends Tree>({ R, params, drawDirection, epsilon, size }: RegularizerTrial<W>) {
    const [u, v] = [drawDirection(), drawDirection()];
    const [Hu, Hv] = [flatten(R.hessianApply(params, u)), flatten(R.hessianApply(params, v))];
    const scale = Math.max(length(flatten(u)) * length(Hv), length(flatten(v)) * length(Hu), Number.MIN_VALUE);
    const error = Math.abs(inner(flatten(u), Hv) - inner(flatten(v), Hu)) / scale;
    return { ok: error <= 1000 * size * epsilon, error, detail: `relative error ${showError(error)}` };
  },
};

/** ‖a − b‖/max(‖a‖, ‖b‖); NaN where a number is. */
export function distance(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return length(along(a, -1, b)) / Math.max(length(a), length(b), Number.MIN_VALUE);
}
