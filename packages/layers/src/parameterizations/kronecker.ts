import { reshape, type Shape, ShapeError, sizeOf, type Value } from "@paramat/core";
import type { LinearOperator } from "../operator/linear-operator.js";
import type { Parameterization } from "../parameterization.js";
import { checkedContractions } from "../plugin/checked-contractions.js";
import { kronTags } from "../structure/tag-algebra.js";
import { alongFactor, toFactor } from "./along-factor.js";

/**
 * A Kronecker product of a fixed map A and K(θ): A ⊗ K(θ) for `kronecker(A, K)`, K(θ) ⊗ A for `kronecker(K, A)`; linear in θ, which is K's. Inputs have the
 * axes of the first factor, then those of the second: row-major, (A ⊗ B) vec(Y) = vec(A Y Bᵀ), so entry ((i, k), (j, l)) is A[i, j] B[k, l]. (With columns
 * stacked, as MATLAB does, that is vec(B Y Aᵀ).) The matrix is never formed: each factor goes along its own axes.
 * @returns inShape [...first's inShape, ...second's inShape], outShape likewise
 * @throws ShapeError unless one of the two has parameters
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { diagonalMatrix, kronecker, matrixOperator, toDense } from "@paramat/layers";
 * const A = matrixOperator([[0, 1], [2, 0]]);
 * const theta = ndarray(cpu(), [5, 7]);
 * toDense(kronecker(A, diagonalMatrix(2)), theta).toNested(); // → [[0, 0, 5, 0], [0, 0, 0, 7], [10, 0, 0, 0], [0, 14, 0, 0]]
 * toDense(kronecker(diagonalMatrix(2), A), theta).toNested(); // → [[0, 5, 0, 0], [10, 0, 0, 0], [0, 0, 0, 7], [0, 0, 14, 0]]
 */
export function kronecker(A: LinearOperator, K: Parameterization): Parameterization;
export function kronecker(K: Parameterization, A: LinearOperator): Parameterization;
export function kronecker(first: LinearOperator | Parameterization, second: LinearOperator | Parameterization): Parameterization {
  if (isParametric(first) === isParametric(second)) {
    throw new ShapeError(
      `kronecker: ${first.name} ⊗ ${second.name}; one factor must be fixed and one parametric (kroneckerProduct takes several parametric ones)`,
    );
  }
  if (isParametric(second)) return fixedAround(first as LinearOperator, second, true);
  return fixedAround(second, first as Parameterization, false);
}

function isParametric(factor: LinearOperator | Parameterization): factor is Parameterization {
  return "thetaShape" in factor;
}

function fixedAround(A: LinearOperator, K: Parameterization, fixedFirst: boolean): Parameterization {
  const { thetaShape, numParams, init, constraint, fixedPart } = K;
  const name = fixedFirst ? `${A.name} ⊗ ${K.name}` : `${K.name} ⊗ ${A.name}`;
  const join = (a: Shape, k: Shape) => (fixedFirst ? [...a, ...k] : [...k, ...a]);
  const [inShape, outShape] = [join(A.inShape, K.inShape), join(A.outShape, K.outShape)];
  const beside = (shape: Shape, size: number, isFirst: boolean) => ({ before: isFirst ? 1 : size, shape, after: isFirst ? size : 1 });
  const shaped = (x: Value, shape: Shape) => reshape(x, [x.shape[0] as number, ...shape]);
  // K acts on A's inputs, then A on K's outputs.
  const placeOfK = (shape: Shape) => beside(shape, sizeOf(A.inShape), !fixedFirst);
  const placeOfA = (shape: Shape) => beside(shape, sizeOf(K.outShape), fixedFirst);
  const apply = (inner: (y: Value) => Value, y: Value) => {
    const Ky = alongFactor(inner, y, placeOfK(K.inShape), K.outShape);
    return shaped(
      alongFactor((x) => A.apply(x), Ky, placeOfA(A.inShape), A.outShape),
      outShape,
    );
  };
  const throughA = (z: Value) => alongFactor((x) => A.applyTranspose(x), z, placeOfA(A.outShape), A.inShape);
  const applyTranspose = (inner: (z: Value) => Value, z: Value) =>
    shaped(alongFactor(inner, throughA(z), placeOfK(K.outShape), K.inShape), inShape);
  const contractions = checkedContractions({
    name,
    thetaShape,
    inShape,
    outShape,
    apply: (theta, y) => apply((x) => K.apply(theta, x), y),
    applyTranspose: (theta, z) => applyTranspose((x) => K.applyTranspose(theta, x), z),
    // ⟨z, (A ⊗ K)y⟩ = ⟨(Aᵀ ⊗ I)z, (I ⊗ K)y⟩
    jacobianTranspose: (y, z) => K.jacobianTranspose(toFactor(y, placeOfK(K.inShape)), toFactor(throughA(z), placeOfK(K.outShape))),
  });
  const known = [A.tags ?? [], K.tags ?? []] as const;
  return {
    name,
    tags: fixedFirst ? kronTags(...known) : kronTags(known[1], known[0]),
    thetaShape,
    numParams,
    inShape,
    outShape,
    ...contractions,
    init: (rng, backend) => init(rng, backend),
    ...(constraint && { constraint }),
    ...(fixedPart && {
      fixedPart: {
        name: fixedFirst ? `${A.name} ⊗ ${fixedPart.name}` : `${fixedPart.name} ⊗ ${A.name}`,
        inShape,
        outShape,
        apply: (y: Value) => apply((x) => fixedPart.apply(x), y),
        applyTranspose: (z: Value) => applyTranspose((x) => fixedPart.applyTranspose(x), z),
      },
    }),
  };
}
