import type { Buffer, Contraction, SparsePattern } from "../backend.js";
import type { Device } from "./launch.js";

export function lowerSparse(
  _device: Device,
  _which: Contraction,
  _pattern: SparsePattern,
  _examples: number,
  _a: Buffer,
  _b: Buffer,
): Buffer {
  throw new Error("lowerSparse: being written");
}
