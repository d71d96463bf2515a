import type { ConvGeometry } from "@paramat/backends";
import { ShapeError } from "../errors.js";
import { type Shape, showShape } from "../shape.js";
import { gridOf, type PerAxis, perAxis } from "./per-axis.js";

export interface ConvOptions {
  /** Every how many cells of the grid an output is computed; default 1. */
  readonly stride?: PerAxis;
  /** Distance in cells between neighbouring entries of the kernel; default 1. */
  readonly dilation?: PerAxis;
  /** The channels fall into so many groups, each convolved on its own; default 1. */
  readonly groups?: number;
}

/**
 * The geometry in which θ of shape `theta` acts on `y`.
 * @param theta [...kernel, channelsIn/groups, channelsOut]
 * @param y [examples, ...grid, channelsIn]
 * @throws ShapeError naming the sizes that do not fit
 */
export function convGeometry(op: string, theta: Shape, y: Shape, options: ConvOptions): ConvGeometry {
  const grid = gridOf(op, "y", y);
  if (theta.length !== grid.length + 2) {
    throw new ShapeError(
      `${op}: theta is ${showShape(theta)}; for a grid of ${grid.length} axes it must be [...kernel, channelsIn/groups, channelsOut], ${grid.length + 2} axes`,
    );
  }
  const { groups = 1 } = options;
  const [perGroup, channelsOut] = theta.slice(-2) as [number, number];
  const channelsIn = y.at(-1) as number;
  if (!Number.isInteger(groups) || groups < 1 || channelsIn % groups !== 0 || channelsOut % groups !== 0) {
    throw new ShapeError(
      `${op}: ${channelsIn} channels in and ${channelsOut} out do not divide into ${groups} groups; groups must be an integer ≥ 1 that divides both`,
    );
  }
  if (perGroup !== channelsIn / groups) {
    throw new ShapeError(
      `${op}: theta ${showShape(theta)} takes ${perGroup} channels in each of ${groups} group(s), y ${showShape(y)} has ${channelsIn} channels; theta's second-last axis must be ${channelsIn / groups}`,
    );
  }
  const kernel = theta.slice(0, -2);
  const geometry = {
    examples: y[0] as number,
    grid,
    kernel: perAxis(op, "theta's kernel", kernel, grid.length),
    stride: perAxis(op, "stride", options.stride ?? 1, grid.length),
    dilation: perAxis(op, "dilation", options.dilation ?? 1, grid.length),
    groups,
    channelsIn,
    channelsOut,
  };
  requireRoom(op, geometry);
  return geometry;
}

/** Cells that the kernel spans along each axis: dilation·(kernel − 1) + 1. */
export function kernelSpan({ kernel, dilation }: Pick<ConvGeometry, "kernel" | "dilation">): number[] {
  return kernel.map((k, axis) => (dilation[axis] as number) * (k - 1) + 1);
}

function requireRoom(op: string, geometry: ConvGeometry): void {
  const { grid, kernel, dilation } = geometry;
  const span = kernelSpan(geometry);
  if (span.some((cells, axis) => cells > (grid[axis] as number))) {
    const dilated = dilation.some((d) => d > 1) ? ` with dilation ${showShape(dilation)}` : "";
    throw new ShapeError(
      `${op}: kernel ${showShape(kernel)}${dilated} spans ${showShape(span)} cells, the grid is ${showShape(grid)}; the grid must be at least as large (extend adds a border)`,
    );
  }
}
