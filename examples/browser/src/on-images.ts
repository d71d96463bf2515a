import { type ParametricOperator, reshape, type Shape, type Tree, type Value } from "paramat";

/** K of vectors, or of grids without channels, as a map of images: their pixels are taken row by row. */
export function onImages(K: ParametricOperator<Tree>, shape: Shape): ParametricOperator<Tree> {
  const as = (y: Value, wanted: Shape): Value => reshape(y, [y.shape[0]!, ...wanted]);
  return {
    ...K,
    inShape: shape,
    outShape: shape,
    apply: (theta, y) => as(K.apply(theta, as(y, K.inShape)), shape),
    applyTranspose: (theta, z) => as(K.applyTranspose(theta, as(z, K.outShape)), shape),
  };
}
