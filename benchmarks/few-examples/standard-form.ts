import { add, concat, matmul, mean, mul, ndarray, ones, slice, sub, transpose, type Value } from "@paramat/core";
import { thinSvd } from "@paramat/layers";
import type { Regularizer } from "@paramat/regularizers";

/** R(W) = ½⟨W, PW⟩ on the rows of W, images of the pixels. */
export interface ImagePenalty {
  readonly name: string;
  readonly penalty: Regularizer;
  /** Whether Pv = 0 for constant v, and for no other. */
  readonly isFreeOfConstants: boolean;
}

/**
 * A linear classifier in coordinates in which its penalty is ½‖A‖² and has no more columns than there are images: ZWᵀ + 1bᵀ = features·A + free·B.
 * Both coordinates have the same minimizer; of the 784 × 10 weights on MNIST only 200 × 10 are left, and all λ are equally well scaled.
 */
export interface StandardForm {
  /** F, [images, rank]. */
  readonly features: Value;
  /** 1, and the images' products with the constant image of length 1, [images, 1 or 2]: what is not penalized. */
  readonly free: Value;
  /** W, [10, pixels], and the bias, [1, 10], of A, [rank, 10], and B, [1 or 2, 10]. */
  classifier(A: Value, B: Value): { readonly W: Value; readonly bias: Value };
}

/** Squared length, relative to the largest, of directions of the images that are taken for rounding. */
const negligible = 1e-11;

/**
 * The standard form (L. Eldén, BIT 17, 1977; Hansen, Rank-Deficient and Discrete Ill-Posed Problems, 2.3). A minimizer of a loss of ZWᵀ plus
 * ½λ⟨W, PW⟩ is Wᵀ = P⁻¹Zᵀα, so that with the eigenvalues Z P⁻¹Zᵀ = U S Uᵀ it is Wᵀ = P⁻¹Zᵀ U S^(−1/2) A, and F = U S^(1/2).
 * @param Z images, [images, pixels]
 */
export function standardForm(Z: Value, { penalty, isFreeOfConstants }: ImagePenalty): StandardForm {
  const [images, pixels] = Z.shape as [number, number];
  const level = (images: Value) => mean(images, { axes: [1], keepAxes: true });
  const varying = (images: Value) => (isFreeOfConstants ? sub(images, level(images)) : images);
  // γ is far below the smallest eigenvalue of P but 0, of which only rounding is here, and taken away again.
  const solved = varying(penalty.solveShifted!(varying(Z), { alpha: 1, gamma: 1e-10 }));
  const { u, sigma } = thinSvd(matmul(varying(Z), solved, { transposeB: true }));
  const rank = sigma.filter((s) => s > negligible * sigma[0]!).length;
  const U = slice(u, 1, 0, rank);
  const lengths = ndarray(Z.backend, sigma.slice(0, rank).map(Math.sqrt), [1, rank]);
  const back = ndarray(
    Z.backend,
    sigma.slice(0, rank).map((s) => 1 / Math.sqrt(s)),
    [1, rank],
  );
  const toPixels = matmul(solved, mul(U, back), { transposeA: true });
  const one = ones(Z.backend, [images, 1]);
  return {
    features: mul(U, lengths),
    free: isFreeOfConstants ? concat([one, mul(Math.sqrt(pixels), level(Z))], { axis: 1 }) : one,
    classifier(A, B) {
      const bias = slice(B, 0, 0, 1);
      const W = transpose(matmul(toPixels, A));
      // F is made of images without their constant part, and so is W up to here.
      return { W: isFreeOfConstants ? add(W, mul(1 / Math.sqrt(pixels), transpose(slice(B, 0, 1, 2)))) : W, bias };
    },
  };
}
