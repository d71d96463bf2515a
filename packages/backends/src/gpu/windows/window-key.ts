import type { WindowGeometry } from "../../backend.js";

/** Equal exactly where the windows are. */
export function windowKey({ examples, grid, window, stride, padLow, padHigh, channels }: WindowGeometry): string {
  return `${examples} ${[grid, window, stride, padLow, padHigh].join("/")} ${channels}`;
}
