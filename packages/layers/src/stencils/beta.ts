import { type Shape, ShapeError, showShape, type Value } from "@paramat/core";
import { alongAxis, type Matrix } from "./along-axis.js";
import { centred, differenceStencil } from "./difference-stencil.js";
import { kernelOf, requireOddWidths } from "./kernel-shape.js";
import { pseudoInverse, transposed } from "./pseudo-inverse.js";

/**
 * The coefficients β of a stencil as a differential operator (lecture, "Discretization of ∇²": any convolution is one with constant coefficients):
 * θ = β₁·[1, 1, 1]/4 + β₂·[−1, 0, 1]/(2h) + β₃·[−1, 2, −1]/h² for width 3. Wider stencils go on with the products of these differences, n-d ones with
 * tensor products, β[j₁, j₂] belonging to the j₁-th stencil on axis 0 and the j₂-th on axis 1. Width 1 has β = θ.
 * @param theta [...kernel, channelsIn/groups, channels], odd widths
 * @param h distance of grid points, one number or one for each axis of the kernel
 * @returns β in θ's shape
 * @throws ShapeError if a width is even, or h is not a positive number for each axis
 * @remarks With z_i = Σ_j θ_j y_{i−j}, β₂ multiplies −∂y and β₃ multiplies −∂²y.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { betaFromStencil } from "@paramat/layers";
 * betaFromStencil(ndarray(cpu(), [-67, 129, -59], [3, 1, 1]), 1 / 16).toArray(); // → [4, 0.5, 0.25]
 */
export function betaFromStencil(theta: Value, h: number | Shape): Value {
  return overKernel("betaFromStencil", theta, h, (width, step) => {
    // The columns for h are those for 1, times h^{−order}: with these small integers no digits are lost.
    const inverse = pseudoInverse(betaBasis(width, 1));
    return inverse.map((row, order) => row.map((x) => x * step ** order));
  });
}

/**
 * The stencil of width w whose coefficients are β on a grid of distance h: the inverse of `betaFromStencil`.
 * @param beta [...kernel, channelsIn/groups, channels], odd widths
 * @param h distance of grid points, one number or one for each axis of the kernel
 * @throws ShapeError if a width is even, or h is not a positive number for each axis
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { stencilFromBeta } from "@paramat/layers";
 * stencilFromBeta(ndarray(cpu(), [4, 0.5, 0.25], [3, 1, 1]), 1 / 32).toArray(); // → [-263, 513, -247]
 */
export function stencilFromBeta(beta: Value, h: number | Shape): Value {
  return overKernel("stencilFromBeta", beta, h, betaBasis);
}

/** The stencils of the basis as columns: order 0, 1, …, width − 1. */
export function betaBasis(width: number, h: number): Matrix {
  if (width === 1) return [[1]];
  const columns = Array.from({ length: width }, (_, order) => {
    if (order === 0) return centred([0.25, 0.25, 0.25], width);
    // [−1, 0, 1]/(2h) and [−1, 2, −1]/h² are minus the differences, and the higher ones are products of these two.
    const sign = Math.ceil(order / 2) % 2 === 0 ? 1 : -1;
    return centred(
      differenceStencil(order, h).map((x) => sign * x),
      width,
    );
  });
  return transposed(columns);
}

function overKernel(op: string, x: Value, h: number | Shape, matrix: (width: number, h: number) => Matrix): Value {
  const kernel = kernelOf(op, x.shape);
  requireOddWidths(op, kernel);
  const steps = typeof h === "number" ? kernel.map(() => h) : h;
  if (steps.length !== kernel.length || !steps.every((step) => step > 0 && step < Number.POSITIVE_INFINITY)) {
    throw new ShapeError(
      `${op}: h is ${typeof h === "number" ? h : showShape(h)}; it must be a positive number, or one for each of the ${kernel.length} axes of the kernel`,
    );
  }
  return kernel.reduce((result, width, axis) => alongAxis(matrix(width, steps[axis] as number), result, axis), x);
}
