import { type Shape, ShapeError, showShape, sizeOf } from "@paramat/core";

/** The shape of one example given as its size or its shape. @throws ShapeError unless every size is a positive integer */
export function vectorShape(op: string, size: number | Shape): Shape {
  const shape = typeof size === "number" ? [size] : size;
  if (!shape.every((n) => Number.isInteger(n) && n > 0)) {
    throw new ShapeError(
      `${op}: the size is ${typeof size === "number" ? size : showShape(size)}; it must be a positive integer, or a shape of them`,
    );
  }
  return shape;
}

/** The matrix of `size` rows and columns: its number of rows, and the shapes of its examples. */
export function squareSize(op: string, size: number | Shape): { readonly n: number; readonly inShape: Shape; readonly outShape: Shape } {
  const shape = vectorShape(op, size);
  return { n: sizeOf(shape), inShape: shape, outShape: shape };
}

/** @throws ShapeError unless both are positive integers */
export function requireMatrixSize(op: string, m: number, n: number): void {
  if (![m, n].every((size) => Number.isInteger(size) && size > 0)) {
    throw new ShapeError(`${op}: a matrix of ${m} × ${n}; both numbers must be positive integers`);
  }
}
