import { add, concat, mul, reshape, roll, slice, sum, type Value } from "@paramat/core";
import { fromContractions, type Parameterization } from "../../../src/index.js";

/** θ₀ yᵢ + θ₁ yᵢ₋₁ + θ₂ yᵢ₊₁ on a ring of 5 points, written by hand: what the faulty plug-ins are changed from. */
export const ring: Parameterization = fromContractions({
  name: "ring",
  thetaShape: [3],
  inShape: [5],
  outShape: [5],
  apply: (theta, y) => weighted(theta, [y, roll(y, 1, 1), roll(y, -1, 1)]),
  applyTranspose: (theta, z) => weighted(theta, [z, roll(z, -1, 1), roll(z, 1, 1)]),
  jacobianTranspose: (y, z) => stacked([y, roll(y, 1, 1), roll(y, -1, 1)].map((moved) => sum(mul(moved, z)))),
});

/** Row i of the ring's matrix, from the formula. */
export function ringMatrix([here, left, right]: number[]): number[][] {
  return Array.from({ length: 5 }, (_, i) =>
    Array.from(
      { length: 5 },
      (_, j) =>
        Number(j === i) * (here as number) + Number(j === (i + 4) % 5) * (left as number) + Number(j === (i + 1) % 5) * (right as number),
    ),
  );
}

/** θ₀ yᵢ + θ₁ yᵢ₋₁ on 4 points with y₋₁ = 0: lower triangular. */
export const causal: Parameterization = fromContractions({
  name: "causal",
  thetaShape: [2],
  inShape: [4],
  outShape: [4],
  tags: ["lowerTriangular", "toeplitz"],
  apply: (theta, y) => weighted(theta, [y, pushed(y)]),
  applyTranspose: (theta, z) => weighted(theta, [z, pulled(z)]),
  jacobianTranspose: (y, z) => stacked([y, pushed(y)].map((moved) => sum(mul(moved, z)))),
});

/** x moved one place on, 0 coming in; `pulled` is its transpose. */
export function pushed(x: Value): Value {
  return concat([mul(0, slice(x, 1, 0, 1)), slice(x, 1, 0, (x.shape[1] as number) - 1)], { axis: 1 });
}

export function pulled(x: Value): Value {
  return concat([slice(x, 1, 1, x.shape[1] as number), mul(0, slice(x, 1, 0, 1))], { axis: 1 });
}

export function weighted(theta: Value, terms: readonly Value[]): Value {
  return terms.map((term, k) => mul(slice(theta, 0, k, k + 1), term)).reduce((a, b) => add(a, b));
}

export function stacked(numbers: readonly Value[]): Value {
  return concat(numbers.map((x) => reshape(x, [1])));
}
