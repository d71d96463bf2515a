import { reshape, ShapeError, showShape, type Value } from "@paramat/core";
import { thinSvd } from "@paramat/layers";
import { requireFinite } from "../require-finite.js";
import { shown, textTable } from "./text-table.js";

export interface NumericalRankOptions {
  /** Singular values at most this share of the largest count as 0. Default max(m, n)·ε. */
  readonly tolerance?: number;
}

export interface NumericalRank {
  readonly rank: number;
  /** Descending, min(m, n) of them. */
  readonly singularValues: Float64Array;
  /** σ₁/σ_min, ∞ where σ_min is 0. */
  readonly condition: number;
  readonly tolerance: number;
  /** Rows and columns of the matrix. */
  readonly shape: readonly [number, number];
  toString(): string;
}

/**
 * The singular values of the features Z and how many of them are not 0 to rounding (lecture, "Regularizers for Image Classification": rank Z ≤ min{m, n},
 * and Z may be rank-deficient still): with fewer than there are weights, the classifier is not determined by the data.
 * @param Z [examples, …features], several axes of features taken as one
 * @throws ShapeError if Z has fewer than two axes or no entries; DataError if one is NaN or ∞; RangeError unless 0 ≤ tolerance < 1; BackendError where the backend cannot be read without waiting
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { numericalRank } from "@paramat/regularizers";
 * numericalRank(ndarray(cpu("float64"), [[1, 2], [2, 4], [3, 6]])).rank; // → 1
 */
export function numericalRank(Z: Value, options: NumericalRankOptions = {}): NumericalRank {
  if (Z.shape.length < 2 || Z.size === 0) {
    throw new ShapeError(`numericalRank: Z has shape ${showShape(Z.shape)}; it must be [examples, …features], with entries`);
  }
  requireFinite("numericalRank", "Z", Z);
  const rows = Z.shape[0] as number;
  const matrix = reshape(Z, [rows, Z.size / rows]);
  const shape = matrix.shape as readonly [number, number];
  const { tolerance = Math.max(...shape) * Z.backend.epsilon } = options;
  if (!(tolerance >= 0 && tolerance < 1)) throw new RangeError(`numericalRank: tolerance is ${tolerance}; it must be in [0, 1)`);
  const { sigma } = thinSvd(matrix);
  const [largest, smallest] = [sigma[0] as number, sigma.at(-1) as number];
  const rank = sigma.filter((s) => s > tolerance * largest).length;
  const condition = smallest === 0 ? Number.POSITIVE_INFINITY : largest / smallest;
  return { rank, singularValues: sigma, condition, tolerance, shape, toString: () => print(sigma, rank, condition, shape) };
}

/** The first and last few of many. */
function print(sigma: Float64Array, rank: number, condition: number, shape: readonly [number, number]): string {
  const places = Array.from(sigma.keys()).filter(
    (i) => sigma.length <= 12 || i < 6 || i >= sigma.length - 3 || i === rank - 1 || i === rank,
  );
  const rows = places.map((i) => [`${i + 1}`, shown(sigma[i] as number), shown((sigma[i] as number) / (sigma[0] as number))]);
  return [`${showShape(shape)}: rank ${rank} of ${sigma.length}, condition ${shown(condition)}`, textTable(["i", "σ", "σ/σ₁"], rows)].join(
    "\n",
  );
}
