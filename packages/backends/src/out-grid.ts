import type { ConvGeometry, Shape, WindowGeometry } from "./backend.js";

/** ⌊(grid − dilation·(kernel − 1) − 1)/stride⌋ + 1 along each axis, 0 where that is negative. */
export function convOutGrid({ grid, kernel, stride, dilation }: Pick<ConvGeometry, "grid" | "kernel" | "stride" | "dilation">): Shape {
  return grid.map((size, a) => Math.max(0, Math.floor((size - dilation[a]! * (kernel[a]! - 1) - 1) / stride[a]!) + 1));
}

/** ⌊(padLow + grid + padHigh − window)/stride⌋ + 1 along each axis, 0 where that is negative. */
export function windowOutGrid({ grid, window, stride, padLow, padHigh }: Omit<WindowGeometry, "examples" | "channels">): Shape {
  return grid.map((size, a) => Math.max(0, Math.floor((padLow[a]! + size + padHigh[a]! - window[a]!) / stride[a]!) + 1));
}
