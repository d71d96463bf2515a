import { cpu } from "@paramat/backends";
import { ndarray, reshape, sizeOf, type Value } from "@paramat/core";
import { denseMatrix, singularValues } from "@paramat/layers";

/** How well W is determined by the features Z: the singular values of Z say. */
export interface FeatureSpectrum {
  /** σ₁/σ_r, r the rank. */
  readonly condition: number;
  /** Singular values above max(n, m) ε σ₁, ε the rounding in which Z was computed. */
  readonly rank: number;
}

/**
 * Condition number and rank of Z ∈ R^{n×m}, one row for each example.
 * @param features [examples, ...shape]
 */
export function featureSpectrum(features: Value): FeatureSpectrum {
  const [n, m] = [features.shape[0] as number, sizeOf(features.shape.slice(1))];
  const Z = ndarray(cpu("float64"), reshape(features, [n, m]).toArray(), [n, m]);
  const sigma = singularValues(denseMatrix([m], [n]), Z).toArray();
  const largest = sigma[0] as number;
  const threshold = Math.max(n, m) * features.backend.epsilon * largest;
  const rank = sigma.reduce((count: number, s: number) => count + (s > threshold ? 1 : 0), 0);
  return { rank, condition: rank === 0 ? Number.POSITIVE_INFINITY : largest / (sigma[rank - 1] as number) };
}
