import type { Buffer, Part, Shape } from "../backend.js";
import type { Device } from "./launch.js";

export function lowerPlace(_device: Device, _shape: Shape, _parts: readonly Part[]): Buffer {
  throw new Error("lowerPlace: being written");
}
