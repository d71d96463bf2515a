import type { Buffer, Contraction, ConvGeometry } from "../backend.js";
import type { Device } from "./launch.js";

export function lowerConvolve(_device: Device, _which: Contraction, _geometry: ConvGeometry, _a: Buffer, _b: Buffer): Buffer {
  throw new Error("lowerConvolve: being written");
}
