/** One tap of a stencil on a grid: z_i = Σ coefficient · u_{i + offset}, an offset for each axis. */
export interface GridTap {
  readonly offset: readonly number[];
  readonly coefficient: number;
}

/**
 * The k-th difference along one axis of a grid: ∂ᵏu(x_i) ≈ Σ_j coefficient_j u_{i + j − ⌊k/2⌋}, coefficients (−1)^{k−j} C(k, j)/hᵏ. Even orders are
 * centred, [1 −2 1]/h² for k = 2; odd ones lie half a step ahead, [−1 1]/h for k = 1.
 */
export function differenceTaps(rank: number, axis: number, order: number, h: number): readonly GridTap[] {
  let coefficients = [1];
  for (let k = 0; k < order; k++) {
    // (E − 1)/h once more: shift and subtract.
    coefficients = Array.from({ length: coefficients.length + 1 }, (_, j) => ((coefficients[j - 1] ?? 0) - (coefficients[j] ?? 0)) / h);
  }
  return coefficients.map((coefficient, j) => ({
    offset: Array.from({ length: rank }, (_, a) => (a === axis ? j - Math.floor(order / 2) : 0)),
    coefficient,
  }));
}
