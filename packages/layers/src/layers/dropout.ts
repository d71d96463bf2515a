import { mul, randomArray } from "@paramat/core";
import type { Layer } from "../layer.js";
import { mapping } from "./mapping.js";

/**
 * While training, each entry is 0 with probability `rate` and else divided by 1 − rate, so that the mean is kept; otherwise the identity.
 * @throws RangeError unless 0 ≤ rate < 1; Error while training without an rng
 * @remarks Srivastava et al., JMLR 15 (2014) 1929–1958.
 */
export function dropout(rate: number): Layer {
  if (!(rate >= 0 && rate < 1)) throw new RangeError(`dropout: the rate is ${rate}; it must be in [0, 1)`);
  return mapping("dropout", (y, { training, rng }) => {
    if (!training || rate === 0) return y;
    if (!rng) throw new Error("dropout: training needs randomness; pass { training: true, rng } to forward");
    return mul(
      y,
      randomArray(rng, y.backend, y.shape, (stream) => (stream.uniform() < rate ? 0 : 1 / (1 - rate))),
    );
  });
}
