import { fromEntries, nonNegative } from "paramat";

/**
 * Upwind advection on a ring of n cells of width 1/n, (K(θ)y)ᵢ = n·(θᵢ yᵢ − θᵢ₋₁ yᵢ₋₁): cell i empties into its right neighbour with
 * speed θᵢ ≥ 0, which is to be learned. Columns sum to 0: what leaves one cell arrives in the next.
 */
export function upwind(n = 6) {
  return fromEntries({
    name: "upwind",
    rows: n,
    cols: n,
    numParams: n,
    entries(i, j) {
      if (j === i) return [[i, n]];
      if (j === (i + n - 1) % n) return [[j, -n]];
      return null;
    },
    constraint: nonNegative,
  });
}
