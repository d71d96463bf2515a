/** What the page says of a way to parameterize K(θ). */
export interface Family {
  readonly name: string;
  readonly group: "Stencils" | "Toeplitz and circulant" | "Diagonal in a basis" | "Matrices" | "Few parameters";
  /** What `width` means here; absent where it means nothing. */
  readonly widthIs?: "stencil width" | "bandwidth" | "rank";
  readonly hasBoundary?: boolean;
  readonly hasChannels?: boolean;
}

const stencils = (name: string): Family => ({
  name,
  group: "Stencils",
  widthIs: "stencil width",
  hasBoundary: true,
  hasChannels: true,
});
const structured = (name: string): Family => ({ name, group: "Toeplitz and circulant" });
const diagonal = (name: string): Family => ({ name, group: "Diagonal in a basis" });
const matrix = (name: string): Family => ({ name, group: "Matrices" });
const small = (name: string, widthIs?: "bandwidth" | "rank"): Family => ({ name, group: "Few parameters", ...(widthIs && { widthIs }) });

/** Every parameterization of K that the page offers, by the name that checkpoints keep. `operatorOf` makes them. */
export const families = {
  convolution: stencils("convolution"),
  separable: stencils("separable convolution"),
  doublySymmetric: stencils("doubly symmetric convolution"),
  antisymmetricStencil: stencils("antisymmetric convolution"),
  mMatrixStencil: stencils("M-matrix convolution"),
  zeroSum: stencils("convolution with zero sum"),
  depthwise: stencils("depthwise convolution"),
  depthwiseSeparable: stencils("depthwise separable convolution"),
  differential: { name: "differential operators: identity, ∂x, ∂y, ∇²", group: "Stencils", hasBoundary: true, hasChannels: true },
  pointwise: { name: "pointwise convolution, 1 × 1", group: "Stencils", hasChannels: true },
  circulant2d: structured("circulant on the grid (BCCB)"),
  circulant: structured("circulant"),
  toeplitz: structured("Toeplitz"),
  hankel: structured("Hankel"),
  diagonal: diagonal("diagonal"),
  cosine: diagonal("diagonal after the cosine transform"),
  haar: diagonal("diagonal in Haar wavelets"),
  wavelet: diagonal("diagonal in Daubechies wavelets"),
  dense: matrix("dense"),
  symmetric: matrix("symmetric"),
  antisymmetric: matrix("antisymmetric"),
  lowerTriangular: matrix("lower triangular"),
  upperTriangular: matrix("upper triangular"),
  mMatrixFull: matrix("M-matrix"),
  mMatrix: small("M-matrix on the grid"),
  banded: small("banded", "bandwidth"),
  sparse: small("sparse, neighbours on the grid"),
  lowRank: small("low rank", "rank"),
  diagonalPlusLowRank: small("diagonal + low rank", "rank"),
  kronecker: small("Kronecker product of rows and columns"),
} as const satisfies Readonly<Record<string, Family>>;

export type FamilyId = keyof typeof families;

/** What the page says of a family. */
export function familyOf(id: FamilyId): Family {
  return families[id];
}
