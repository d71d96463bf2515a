import type { Buffer, Reduction, Shape, View } from "../backend.js";
import type { Expr } from "../expr.js";
import type { Device } from "./launch.js";

export function lowerReduce(_device: Device, _kind: Reduction, _shape: Shape, _axes: readonly number[], _input: Buffer): Buffer {
  throw new Error("lowerReduce: being written");
}

export function lowerMapReduce(
  _device: Device,
  _kind: Reduction,
  _f: Expr,
  _shape: Shape,
  _axes: readonly number[],
  _inputs: readonly View[],
): Buffer {
  throw new Error("lowerMapReduce: being written");
}
