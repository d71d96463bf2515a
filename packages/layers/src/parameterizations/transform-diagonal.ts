import { mul, ShapeError, showShape, sizeOf, sum } from "@paramat/core";
import type { LinearOperator } from "../operator/linear-operator.js";
import type { Parameterization } from "../parameterization.js";
import { fromContractions } from "../plugin/from-contractions.js";
import { orthogonalForm } from "../structure/orthogonal-form.js";
import { randomNormal } from "./random-normal.js";

/**
 * K(θ) = Wᵀ diag(θ) W with a fixed orthogonal transform W: symmetric, with the eigenvalues θ and the rows of W as eigenvectors. θ has the shape of the
 * coefficients W y.
 * @param W tagged `orthogonal`, such as `wavelet` or `dct`
 * @throws ShapeError if W is not square or does not claim to be orthogonal
 */
export function transformDiagonal(W: LinearOperator, name = `diagonal under ${W.name}`): Parameterization {
  const [n, m] = [sizeOf(W.inShape), sizeOf(W.outShape)];
  if (n !== m || !W.tags?.includes("orthogonal")) {
    throw new ShapeError(
      `transformDiagonal: ${W.name} maps ${showShape(W.inShape)} to ${showShape(W.outShape)}, with tags [${(W.tags ?? []).join(", ")}]; it must be square and tagged orthogonal`,
    );
  }
  const { inShape, outShape: thetaShape } = W;
  // Both products with Wᵀ diag(θ) W are the same.
  const apply: Parameterization["apply"] = (theta, y) => W.applyTranspose(mul(theta, W.apply(y)));
  return fromContractions({
    name,
    thetaShape,
    inShape,
    outShape: inShape,
    tags: ["symmetric"],
    apply,
    applyTranspose: apply,
    // ⟨z, Wᵀ(θ ⊙ Wy)⟩ = ⟨θ, Wy ⊙ Wz⟩
    jacobianTranspose: (y, z) => sum(mul(W.apply(y), W.apply(z)), { axes: 0 }),
    init: (rng, backend) => randomNormal(rng, backend, thetaShape, Math.SQRT2),
    blockForm: orthogonalForm(W, (theta) => theta),
  });
}
