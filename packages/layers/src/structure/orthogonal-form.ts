import { ShapeError, showShape, sizeOf, type Tree, type Value } from "@paramat/core";
import type { LinearOperator } from "../operator/linear-operator.js";
import type { BlockForm } from "./block-form.js";
import { realForm } from "./real-form.js";

export interface OrthogonalFormOptions {
  /** Columns of each block: coefficients that lie together in W y (channels last). Default 1. */
  readonly numIn?: number;
  /** Another orthogonal transform on the output's side, with the rows of each block; W itself if left out. */
  readonly out?: { readonly transform: LinearOperator; readonly numOut: number };
}

/**
 * K(θ) = Wᵀ diag(B(θ)) W with W a real orthogonal transform, WᵀW = I, and real blocks, 1 × 1 unless said otherwise: wavelets, the cosine transform of
 * symmetric stencils (lecture, "Wavelets").
 * @param W square, so that W.inShape and W.outShape have as many entries
 * @param blocksOf θ to the real blocks, [F] for 1 × 1, else [F, numOut, numIn], or any array with these entries row-major
 * @throws ShapeError if W is not square, or numIn does not divide its size
 */
export function orthogonalForm<Theta extends Tree = Value>(
  W: LinearOperator,
  blocksOf: (theta: Theta) => Value,
  options: OrthogonalFormOptions = {},
): BlockForm<Theta> {
  const { numIn = 1, out } = options;
  const numBlocks = sizeOf(W.outShape) / numIn;
  const basis = (transform: LinearOperator, size: number) => {
    const [n, m] = [sizeOf(transform.inShape), sizeOf(transform.outShape)];
    if (n !== m) {
      throw new ShapeError(
        `orthogonalForm: ${transform.name} maps ${showShape(transform.inShape)} to ${showShape(transform.outShape)}; an orthogonal transform is square`,
      );
    }
    if (n !== numBlocks * size || !Number.isInteger(numBlocks)) {
      throw new ShapeError(
        `orthogonalForm: ${n} coefficients of ${transform.name} are not ${numBlocks} blocks of ${size}; each block takes as many`,
      );
    }
    const forward = (y: Value) => transform.apply(y);
    const backward = (z: Value) => transform.applyTranspose(z);
    return { size, shape: transform.inShape, coefficientShape: transform.outShape, forward, backward };
  };
  const input = basis(W, numIn);
  const output = out ? basis(out.transform, out.numOut) : input;
  return realForm(numBlocks, input, output, !out || out.transform === W, blocksOf);
}
