import type { Precision } from "../backend.js";
import type { Floats, Storage } from "./storage.js";

/** The storage of kernels whose results go where `take()` says, in place of new memory; `own` lends the rest. */
export function placedStorage(precision: Precision, own: Storage, take: () => Floats): Storage {
  const cleared = (): Floats => take().fill(0);
  if (precision === "float64") return { ...own, zeros: cleared, accumulator: cleared as () => Float64Array, finish: (sums) => sums };
  return {
    ...own,
    zeros: cleared,
    finish(sums) {
      const out = take();
      out.set(sums);
      return out;
    },
  };
}
