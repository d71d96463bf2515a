import { fromContractions, mul, nonNegative, roll, sub, sum, type Value } from "paramat";

/** `upwind(n)` by its three contractions: K(θ) = D diag(θ) with (Dx)ᵢ = n·(xᵢ − xᵢ₋₁), so K(θ)ᵀ = diag(θ) Dᵀ and Qᵀvec(zyᵀ) = Σ y ∘ Dᵀz. */
export function upwindContractions(n = 6) {
  const D = (x: Value) => mul(n, sub(x, roll(x, 1, 1)));
  const transposeD = (z: Value) => mul(n, sub(z, roll(z, -1, 1)));
  return fromContractions({
    name: "upwindContractions",
    thetaShape: [n],
    inShape: [n],
    outShape: [n],
    apply: (theta, y) => D(mul(theta, y)),
    applyTranspose: (theta, z) => mul(theta, transposeD(z)),
    jacobianTranspose: (y, z) => sum(mul(y, transposeD(z)), { axes: 0 }),
    constraint: nonNegative,
  });
}
