import { type Shape, ShapeError, showShape } from "@paramat/core";

/** The kernel's axes of a θ of shape [...kernel, channelsIn/groups, channels]. @throws ShapeError if there is none */
export function kernelOf(op: string, theta: Shape): Shape {
  if (theta.length < 3) {
    throw new ShapeError(
      `${op}: the stencil is ${showShape(theta)}; it must be [...kernel, channelsIn/groups, channels], so [3, 1, 1] for three numbers on one channel`,
    );
  }
  return theta.slice(0, -2);
}

/** @throws ShapeError if a width is even: the stencil's middle lies between grid points, and the differences have no place there */
export function requireOddWidths(op: string, kernel: Shape): void {
  if (kernel.some((width) => width % 2 === 0)) {
    throw new ShapeError(`${op}: the kernel is ${showShape(kernel)}; every width must be odd, so that the stencil has a middle`);
  }
}
