import {
  elasticNet,
  gradientPenalty,
  groupNorm,
  huber,
  l1,
  laplacianPenalty,
  logDetPenalty,
  type Penalty,
  type Shape,
  tikhonov,
  totalVariation,
} from "paramat";
import { layerNames } from "./model.js";
import type { RegularizerId } from "./regularizer-names.js";

/**
 * λR, or null for none.
 * @param featureShape of what a row of W speaks of, [height, width, channels]
 * @throws RangeError unless λ is finite and ≥ 0
 */
export function penaltyOf(id: RegularizerId, lambda: number, featureShape: Shape): Penalty | null {
  const select = (path: string) => path === `.${layerNames.W}.theta`;
  // Pixels are a step of 1 apart, so that one range of λ serves all of these.
  const images = { select, asImages: featureShape, h: 1 };
  switch (id) {
    case "none":
      return null;
    case "tikhonov":
      return tikhonov(lambda);
    case "laplacian":
      return laplacianPenalty(lambda, images);
    case "gradient":
      return gradientPenalty(lambda, images);
    case "variation":
      return totalVariation(lambda, { ...images, epsilon: 1e-3 });
    case "l1":
      return l1(lambda, { select, epsilon: 1e-3 });
    case "elasticNet":
      return elasticNet(lambda, { select, epsilon: 1e-3 });
    case "huber":
      return huber(lambda);
    case "groups":
      return groupNorm(lambda, { select, axis: 1, epsilon: 1e-3 });
    case "logDet":
      return logDetPenalty(lambda, { select });
  }
}
