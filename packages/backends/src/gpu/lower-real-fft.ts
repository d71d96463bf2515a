import type { Buffer, Shape } from "../backend.js";
import type { Device } from "./launch.js";

export function lowerRealFft(_device: Device, _shape: Shape, _axes: readonly number[], _inverse: boolean, _input: Buffer): Buffer {
  throw new Error("lowerRealFft: being written");
}

export function lowerRealFilter(
  _device: Device,
  _shape: Shape,
  _axes: readonly number[],
  _conjugate: boolean,
  _input: Buffer,
  _spectrum: Buffer,
): Buffer {
  throw new Error("lowerRealFilter: being written");
}
