import { type Shape, ShapeError, showShape, sizeOf, type Tree, type Value } from "@paramat/core";
import type { BlockForm } from "./block-form.js";
import { realForm } from "./real-form.js";

/**
 * K(θ) = diag(B₁(θ), …, B_F(θ)) with real blocks, adjacent entries (row-major) making up each block's input: a diagonal matrix has F = n blocks 1 × 1, a
 * pointwise (1×1) convolution the same block at every grid point, any matrix F = 1.
 * @param numBlocks F; it divides the entries of `inShape` and of `outShape`
 * @param blocksOf θ to the real blocks, [F, numOut, numIn] or any array with these entries row-major
 * @throws ShapeError if F does not divide both
 */
export function identityForm<Theta extends Tree = Value>(
  inShape: Shape,
  outShape: Shape,
  numBlocks: number,
  blocksOf: (theta: Theta) => Value,
): BlockForm<Theta> {
  const [n, m] = [sizeOf(inShape), sizeOf(outShape)];
  if (!(Number.isInteger(numBlocks) && numBlocks > 0 && n % numBlocks === 0 && m % numBlocks === 0)) {
    throw new ShapeError(
      `identityForm: ${numBlocks} blocks from ${showShape(inShape)} to ${showShape(outShape)}; their number must divide both ${n} and ${m} entries`,
    );
  }
  const numIn = n / numBlocks;
  const numOut = m / numBlocks;
  return realForm(numBlocks, { size: numIn, shape: inShape }, { size: numOut, shape: outShape }, numIn === numOut, blocksOf);
}
