import type { Tree } from "@paramat/core";
import { along, flatten, inner, length, unflatten } from "../tree-vectors.js";
import { type RegularizerLaw, type RegularizerTrial, showError } from "./law.js";

/** R((a + b)/2) ≤ (R(a) + R(b))/2 for pairs near and far, along an entry and along all, and ⟨v, ∇²R v⟩ ≥ 0. */
export const convexityLaw: RegularizerLaw = {
  name: "convex",
  applies: ({ isConvex }) => isConvex,
  check<W extends Tree>({ R, params, drawPoint, drawDirection, epsilon, size }: RegularizerTrial<W>) {
    const value = (numbers: Float64Array) => R(unflatten(params, numbers)).item();
    const pairs = [0.1, 1, 10].flatMap((spread) => {
      const [a, b] = [flatten(drawPoint(spread)), flatten(drawPoint(spread))];
      // Towards zero, and one entry alone: what is flat or bent the other way there shows on no straight line between random points.
      const single = a.with(0, b[0] as number);
      return [[a, b] as const, [a, a.map((x) => x / 2)] as const, [a, single] as const];
    });
    const excess = pairs.map(([a, b]) => {
      const mean = (value(a) + value(b)) / 2;
      const middle = value(along(a, 1, b).map((x) => x / 2));
      return (middle - mean) / Math.max(mean, Number.MIN_VALUE);
    });
    const curvatures = [params, drawPoint(0.3), drawPoint(3)].map((at) => {
      const v = drawDirection();
      const [v0, Hv] = [flatten(v), flatten(R.hessianApply(at, v))];
      return -inner(v0, Hv) / Math.max(length(v0) * length(Hv), Number.MIN_VALUE);
    });
    const error = Math.max(0, ...excess, ...curvatures);
    const ok = error <= 1000 * size * epsilon;
    return { ok, error, detail: `${pairs.length} midpoints and ${curvatures.length} curvatures, off by ${showError(error)}` };
  },
};
