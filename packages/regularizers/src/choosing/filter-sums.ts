import type { FilteredProblem } from "./filtered-problem.js";

/** What x_λ leaves and costs, with derivatives in t = log λ. */
export interface FilterSums {
  /** ρ = ‖A x_λ − b‖². */
  readonly residualSquare: number;
  /** η = ‖L x_λ‖². */
  readonly solutionSquare: number;
  /** tr(I − A A_λ⁺) = m − Σ φᵢ, φ = σ²/(σ² + λμ²): the degrees of freedom that the residual has left. */
  readonly freedom: number;
  /** tr((A A_λ⁺)²) = Σ φᵢ². */
  readonly influenceSquare: number;
  /** dη/dt. As x_λ minimizes ½ρ + ½λη, dρ/dt = −λ dη/dt. */
  readonly solutionSlope: number;
  /** d²η/dt². */
  readonly solutionBend: number;
}

/**
 * With d = σ² + λμ² and e = |uᵀb|²: ρ = Σ (λμ²/d)² e + the part out of reach, η = Σ (σμ/d)² e, dη/dt = −2λ Σ σ²μ⁴e/d³,
 * d²η/dt² = dη/dt + 6λ² Σ σ²μ⁶e/d⁴. Written in the quotients φ = σ²/d and 1 − φ = λμ²/d, which neither overflow nor cancel.
 */
export function filterSums(problem: FilteredProblem, lambda: number): FilterSums {
  const { sigma, mu, energies } = problem;
  let residualSquare = problem.outOfReach;
  let solutionSquare = 0;
  let slope = 0;
  let bend = 0;
  let influenceSquare = 0;
  let left = problem.numData - sigma.length;
  for (let i = 0; i < sigma.length; i++) {
    const square = sigma[i]! ** 2;
    const shift = lambda * mu[i]! ** 2;
    const d = square + shift;
    const kept = d === 0 ? 0 : square / d;
    const lost = d === 0 ? 1 : shift / d;
    const e = energies[i]!;
    residualSquare += lost * lost * e;
    left += lost;
    influenceSquare += kept * kept;
    const share = d === 0 ? 0 : ((kept * mu[i]! ** 2) / d) * e;
    solutionSquare += share;
    slope -= 2 * lost * share;
    bend += 6 * lost * lost * share;
  }
  return { residualSquare, solutionSquare, freedom: left, influenceSquare, solutionSlope: slope, solutionBend: slope + bend };
}
