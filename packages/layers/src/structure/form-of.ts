import type { Backend } from "@paramat/backends";
import { ShapeError, showShape, sizeOf, type Tree } from "@paramat/core";
import type { ParametricOperator } from "../operator/parametric-operator.js";
import type { BlockForm } from "./block-form.js";
import { denseForm } from "./dense-form.js";

export interface StructureOptions {
  /** Where to compute if the parameters hold no array. */
  readonly backend?: Backend;
}

/** Largest max(m, n) of a matrix that is factored as one dense block, O(n³): seconds. */
export const largestDenseSolve = 2048;

/** Largest max(m, n) of a matrix whose eigenvalues or singular values are found as one dense block, some 20 n³: seconds at n = 256, a few minutes at most. */
export const largestDenseSpectrum = 1024;

/**
 * The block form of K where it has one, else K as one dense block.
 * @param limit largest size of a dense block
 * @param instead what to use beyond it, for the message
 * @throws ShapeError if K has no block form and is larger
 */
export function formOf<Theta extends Tree>(
  op: string,
  K: ParametricOperator<Theta>,
  limit: number,
  instead: string,
  options: StructureOptions = {},
): BlockForm<Theta> {
  return K.blockForm ?? denseFormWithin(op, K, limit, instead, options);
}

/** K as one dense block. @throws ShapeError if K is larger than `limit` */
export function denseFormWithin<Theta extends Tree>(
  op: string,
  K: ParametricOperator<Theta>,
  limit: number,
  instead: string,
  options: StructureOptions = {},
): BlockForm<Theta> {
  const size = Math.max(sizeOf(K.inShape), sizeOf(K.outShape));
  if (size > limit) {
    throw new ShapeError(
      `${op}: ${K.name} maps ${showShape(K.inShape)} to ${showShape(K.outShape)}, ${size} entries, too many for a dense matrix (${limit} at most); ${instead}`,
    );
  }
  return denseForm(K, options.backend);
}

/** @throws ShapeError unless K has as many rows as columns */
export function requireSquareOperator(op: string, K: Pick<ParametricOperator, "name" | "inShape" | "outShape">, instead = ""): void {
  if (sizeOf(K.inShape) !== sizeOf(K.outShape)) {
    throw new ShapeError(`${op}: ${K.name} maps ${showShape(K.inShape)} to ${showShape(K.outShape)}; it must be square${instead}`);
  }
}
