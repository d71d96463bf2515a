import { type Shape, ShapeError, showShape } from "@paramat/core";
import type { AxisBasis } from "./smoothness/axis-bases.js";

/**
 * T* diag(μ) T on one leaf, seen as rows of [...grid, channels]: T transforms along each axis of the grid, the same for all rows and channels.
 * With an empty grid it is a multiple of the identity, and μ one number.
 */
export interface DiagonalHessian {
  /** [...grid, channels], or [] for a multiple of the identity. */
  readonly rowShape: Shape;
  /** The transform along each axis of the grid. */
  readonly bases: readonly AxisBasis[];
  /** μ ≥ 0, row-major over the grid. */
  readonly eigenvalues: Float64Array;
}

/** μI. */
export function uniformHessian(mu: number): DiagonalHessian {
  return { rowShape: [], bases: [], eigenvalues: Float64Array.of(mu) };
}

export function scaledHessian(form: DiagonalHessian, factor: number): DiagonalHessian {
  return { ...form, eigenvalues: form.eigenvalues.map((mu) => factor * mu) };
}

/** @throws ShapeError unless one is a multiple of the identity, or both go by the same transforms */
export function addHessians(op: string, path: string, a: DiagonalHessian, b: DiagonalHessian): DiagonalHessian {
  if (a.bases.length === 0) return { ...b, eigenvalues: b.eigenvalues.map((mu) => mu + (a.eigenvalues[0] as number)) };
  if (b.bases.length === 0) return addHessians(op, path, b, a);
  const named = (form: DiagonalHessian) => `${form.bases.join(" × ")} on rows of ${showShape(form.rowShape)}`;
  if (named(a) !== named(b)) {
    throw new ShapeError(
      `${op}: at ${path || "the root"} one Hessian is diagonal under ${named(a)}, another under ${named(b)}; a direct solve needs the same, else use conjugateGradient`,
    );
  }
  return { ...a, eigenvalues: a.eigenvalues.map((mu, i) => mu + (b.eigenvalues[i] as number)) };
}
