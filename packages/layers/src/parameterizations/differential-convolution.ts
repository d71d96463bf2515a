import { ndarray, type Shape, ShapeError, showShape, sizeOf } from "@paramat/core";
import type { Parameterization } from "../parameterization.js";
import { centred, differenceStencil } from "../stencils/difference-stencil.js";
import type { Rediscretizable } from "../stencils/rediscretize.js";
import { tiedConvolution } from "../stencils/tied-convolution.js";
import type { ConvolutionOptions } from "./convolution.js";

/**
 * `"identity"`, `"laplacian"` (Σ of the second derivatives), derivatives by name with axes 0, 1, 2 as x, y, z (`"dx"`, `"dxx"`, `"dxy"`, …), or the
 * order along each axis: `[2, 1]` is `"dxxy"`.
 */
export type DifferentialOperator = "identity" | "laplacian" | `d${string}` | Shape;

export interface DifferentialOptions extends Omit<ConvolutionOptions, "kernel"> {
  /** D_k. Default: identity, the first derivatives, and the Laplacian. */
  readonly operators?: readonly DifferentialOperator[];
  /** Distance of grid points, one number or one for each axis. Default 1/n along an axis of n points, the unit interval. */
  readonly h?: number | Shape;
}

/**
 * A learned combination of differential operators with constant coefficients: K(η) = Σ_k η_k D_k for each pair of channels, D_k central differences of
 * second order (lecture, "Discretization of ∇²"). As h is in D_k, η means the same on every grid.
 * @param inShape [...grid, channels]
 * @returns η is [operators, channelsIn/groups, channels]; the kernel is as wide as the widest operator
 * @throws ShapeError if an operator's name is not understood or it has other axes than the grid, none is given, or h is not positive
 * @remarks Entries of D_k grow like h^{−order}, and so does the gradient in η_k: choose h = 1 (pixels) where one step size shall serve all.
 * @example
 * import { cpu } from "@paramat/backends";
 * import { ndarray } from "@paramat/core";
 * import { differentialConvolution, toDense } from "@paramat/layers";
 * const K = differentialConvolution([3, 1], { channels: 1, operators: ["identity", "laplacian"], h: 0.5 });
 * toDense(K, ndarray(cpu(), [1, 1], [2, 1, 1])).toNested(); // → [[-7, 4, 0], [4, -7, 4], [0, 4, -7]]
 */
export function differentialConvolution(inShape: Shape, options: DifferentialOptions): Parameterization & Rediscretizable {
  const name = "differentialConvolution";
  const grid = inShape.slice(0, -1);
  const dims = grid.length;
  if (dims < 1 || dims > 3)
    throw new ShapeError(`${name}: the input is ${showShape(inShape)}; it must be [...grid, channels] with 1 to 3 axes of grid`);
  const { operators = defaultOperators(dims), h = grid.map((n) => 1 / n), ...rest } = options;
  const steps = typeof h === "number" ? grid.map(() => h) : h;
  if (steps.length !== dims) throw new ShapeError(`${name}: h is ${showShape(steps)}; it must be one number, or ${dims} of them`);
  if (operators.length === 0) throw new ShapeError(`${name}: the list of operators is empty; give one or more`);
  const terms = operators.map((D) => termsOf(name, D, dims));
  const kernel = grid.map((_, axis) => Math.max(...terms.flat().map((orders) => widthOf(orders[axis] as number))));
  const basis = terms.map((sum) => added(sum.map((orders) => stencilOf(orders, steps, kernel))));
  const K = tiedConvolution(name, inShape, { ...rest, kernel }, () => ({
    basis,
    // Each operator gets the same share of K(η)y, whatever power of h is in it.
    init(rng, backend, shape) {
      const fanIn = sizeOf(shape.slice(0, 1)) * (shape.at(-2) as number);
      const pairs = sizeOf(shape.slice(1));
      const deviations = basis.map((b) => Math.sqrt(2 / (fanIn * b.reduce((sum, x) => sum + x * x, 0))));
      return ndarray(
        backend,
        Float64Array.from({ length: sizeOf(shape) }, (_, i) => (deviations[Math.floor(i / pairs)] as number) * rng.normal()),
        shape,
      );
    },
  }));
  return { ...K, rediscretize: (eta) => eta };
}

function defaultOperators(dims: number): DifferentialOperator[] {
  return ["identity", ...(["dx", "dy", "dz"] as const).slice(0, dims), "laplacian"];
}

/** The orders along each axis of every term. */
function termsOf(name: string, D: DifferentialOperator, dims: number): Shape[] {
  const axes = Array.from({ length: dims }, (_, axis) => axis);
  if (D === "identity") return [axes.map(() => 0)];
  if (D === "laplacian") return axes.map((axis) => axes.map((a) => (a === axis ? 2 : 0)));
  if (typeof D !== "string") {
    if (D.length === dims && D.every((order) => Number.isInteger(order) && order >= 0)) return [D];
    throw new ShapeError(`${name}: the operator ${showShape(D)}; it must be the order along each of ${dims} axes, integers ≥ 0`);
  }
  const letters = "xyz".slice(0, dims);
  const along = [...D.slice(1)];
  if (!D.startsWith("d") || along.length === 0 || !along.every((letter) => letters.includes(letter))) {
    throw new ShapeError(
      `${name}: the operator "${D}"; on a grid of ${dims} axes it must be "identity", "laplacian", or "d" and the axes to differentiate along (${[...letters].join(", ")}), as in "dxx"`,
    );
  }
  return [axes.map((axis) => along.filter((letter) => letter === letters[axis]).length)];
}

function widthOf(order: number): number {
  return order % 2 === 0 ? order + 1 : order + 2;
}

/** The product of the 1-D differences, row-major over the kernel. */
function stencilOf(orders: Shape, steps: Shape, kernel: Shape): number[] {
  return orders.reduce<number[]>(
    (product, order, axis) => {
      const factor = centred(differenceStencil(order, steps[axis] as number), kernel[axis] as number);
      return product.flatMap((a) => factor.map((b) => a * b));
    },
    [1],
  );
}

function added(stencils: readonly (readonly number[])[]): number[] {
  return (stencils[0] ?? []).map((_, j) => stencils.reduce((sum, stencil) => sum + (stencil[j] as number), 0));
}
