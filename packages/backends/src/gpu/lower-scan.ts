import type { Buffer } from "../backend.js";
import type { Device } from "./launch.js";

export function lowerScan(_device: Device, _outer: number, _size: number, _inner: number, _reverse: boolean, _input: Buffer): Buffer {
  throw new Error("lowerScan: being written");
}
