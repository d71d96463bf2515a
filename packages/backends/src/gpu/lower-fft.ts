import type { Buffer, Shape } from "../backend.js";
import type { Device } from "./launch.js";

export function lowerFft(_device: Device, _shape: Shape, _axes: readonly number[], _inverse: boolean, _input: Buffer): Buffer {
  throw new Error("lowerFft: being written");
}
