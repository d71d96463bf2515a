import type { Buffer, IndexBuffer, View, WindowGeometry } from "../backend.js";
import { rowMajorStrides } from "../cpu/offsets.js";
import { usedInputs } from "../expr/used-inputs.js";
import { type Expr, input } from "../expr.js";
import type { Device } from "./launch.js";
import { lowerMap } from "./lower-map.js";
import { MOST_OPERANDS, operandsOf } from "./operands.js";
import { argmaxOfWindows } from "./windows/argmax-windows.js";

/** `argmaxWindows`: a thread for each window and channel, several where windows are large. @throws BackendError if a position is beyond 2²⁴ */
export function lowerArgmaxWindows(device: Device, geometry: WindowGeometry, buffer: Buffer): IndexBuffer {
  return argmaxOfWindows(device, geometry, input(0), [{ buffer, offset: 0, strides: rowMajorStrides(shapeOf(geometry)) }]);
}

/** The same of a formula, which is computed for every window that holds a cell; of more buffers than a kernel can read, it is computed before. */
export function lowerMapArgmaxWindows(device: Device, geometry: WindowGeometry, f: Expr, inputs: readonly View[]): IndexBuffer {
  const { formula, used } = usedInputs(f);
  const views = used.map((i) => inputs[i]!);
  // Launches after the first read what the one before found, too.
  if (operandsOf(views).buffers.length < MOST_OPERANDS) return argmaxOfWindows(device, geometry, formula, views);
  return device.scope(() => lowerArgmaxWindows(device, geometry, lowerMap(device, formula, shapeOf(geometry), views)));
}

function shapeOf({ examples, grid, channels }: WindowGeometry): number[] {
  return [examples, ...grid, channels];
}
