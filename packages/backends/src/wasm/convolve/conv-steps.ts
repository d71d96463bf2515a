import type { ConvGeometry, Shape } from "../../backend.js";
import { convOutGrid } from "../../out-grid.js";

/** Sizes of a convolution, and from an entry of θ, y and z to the next along each axis, in bytes. */
export interface ConvSteps {
  readonly outGrid: Shape;
  /** Channels of a group. */
  readonly inChannels: number;
  readonly outChannels: number;
  readonly theta: readonly number[];
  readonly thetaChannel: number;
  readonly y: readonly number[];
  readonly yExample: number;
  readonly z: readonly number[];
  readonly zExample: number;
  /** Lengths, in numbers. */
  readonly lengths: { readonly theta: number; readonly y: number; readonly z: number };
}

export function convSteps(geometry: ConvGeometry, bytes: number): ConvSteps {
  const { examples, grid, kernel, groups, channelsIn, channelsOut } = geometry;
  const outGrid = convOutGrid(geometry);
  const inChannels = channelsIn / groups;
  const y = rowMajor(grid, channelsIn * bytes);
  const z = rowMajor(outGrid, channelsOut * bytes);
  const theta = rowMajor(kernel, inChannels * channelsOut * bytes);
  const lengths = {
    theta: product(kernel) * inChannels * channelsOut,
    y: examples * product(grid) * channelsIn,
    z: examples * product(outGrid) * channelsOut,
  };
  const [yExample, zExample] = [product(grid) * channelsIn * bytes, product(outGrid) * channelsOut * bytes];
  const channels = { inChannels, outChannels: channelsOut / groups, thetaChannel: channelsOut * bytes };
  return { outGrid, ...channels, theta, y, z, yExample, zExample, lengths };
}

export function product(shape: Shape): number {
  return shape.reduce((total, size) => total * size, 1);
}

function rowMajor(shape: Shape, step: number): number[] {
  return shape.map((_, a) => step * product(shape.slice(a + 1)));
}
