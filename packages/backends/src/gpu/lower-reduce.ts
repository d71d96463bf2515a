import type { Buffer, Reduction, Shape, View } from "../backend.js";
import { rowMajorStrides } from "../cpu/offsets.js";
import { usedInputs } from "../expr/used-inputs.js";
import { type Expr, input } from "../expr.js";
import type { Device } from "./launch.js";
import { lowerMap } from "./lower-map.js";
import { MOST_OPERANDS, operandsOf } from "./operands.js";
import { reduceViews } from "./reduce/reduce-views.js";

/** `reduce` in stages that leave less and less: no thread takes many turns, and long sums are sums of sums. */
export function lowerReduce(device: Device, kind: Reduction, shape: Shape, axes: readonly number[], buffer: Buffer): Buffer {
  return reduceViews(device, kind, input(0), shape, axes, [{ buffer, offset: 0, strides: rowMajorStrides(shape) }]);
}

/** The same of a formula, which the first stage computes; of more buffers than a kernel can read, it is computed before. */
export function lowerMapReduce(
  device: Device,
  kind: Reduction,
  f: Expr,
  shape: Shape,
  axes: readonly number[],
  inputs: readonly View[],
): Buffer {
  const { formula, used } = usedInputs(f);
  const views = used.map((i) => inputs[i]!);
  // Later stages of argmax read what the one before found, too.
  const most = kind === "argmax" ? MOST_OPERANDS - 1 : MOST_OPERANDS;
  if (operandsOf(views).buffers.length <= most) return reduceViews(device, kind, formula, shape, axes, views);
  return device.scope(() => lowerReduce(device, kind, shape, axes, lowerMap(device, formula, shape, views)));
}
