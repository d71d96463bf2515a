import { leaves, ndarray, type Tree } from "@paramat/core";
import { along, flatten, length, unflatten } from "../tree-vectors.js";
import { type RegularizerLaw, type RegularizerTrial, showError } from "./law.js";

/** (α∇²R + γI) x = rhs to rounding, with α and γ as numbers and as values; ∇²R must not depend on W. */
export const shiftedSolveLaw: RegularizerLaw = {
  name: "solveShifted solves",
  applies: ({ solveShifted }) => solveShifted !== undefined,
  check<W extends Tree>({ R, params, drawDirection, epsilon, size }: RegularizerTrial<W>) {
    const H = (v: Float64Array) => flatten(R.hessianApply(params, unflatten(params, v)));
    // ‖∇²R‖ from below, by a few steps of the power method: rounding in x is magnified so far.
    let v = flatten(drawDirection());
    let gain = 0;
    for (let k = 0; k < 8; k++) {
      const Hv = H(v);
      gain = length(Hv) / Math.max(length(v), Number.MIN_VALUE);
      v = Hv;
      if (gain === 0) break;
    }
    const backend = leaves(params)[0]?.backend;
    const shifts: (readonly [number, number])[] = [
      [0.7, 0.3],
      [0, 2],
      [3, 1e-3],
    ];
    const errors = shifts.flatMap(([alpha, gamma]) => {
      const rhs = drawDirection();
      const given = [{ alpha, gamma }, ...(backend ? [{ alpha: ndarray(backend, alpha), gamma: ndarray(backend, gamma) }] : [])];
      return given.map((shift) => {
        const x = flatten(R.solveShifted?.(rhs, shift) as W);
        const image = H(x).map((h, i) => alpha * h + gamma * (x[i] as number));
        const b = flatten(rhs);
        return length(along(image, -1, b)) / Math.max(length(b) + (alpha * gain + gamma) * length(x), Number.MIN_VALUE);
      });
    });
    const error = Math.max(...errors);
    return { ok: error <= 20 * Math.sqrt(size) * epsilon, error, detail: `relative residual ${showError(error)}` };
  },
};
