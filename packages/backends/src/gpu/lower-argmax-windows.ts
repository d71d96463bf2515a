import type { Buffer, IndexBuffer, View, WindowGeometry } from "../backend.js";
import type { Expr } from "../expr.js";
import type { Device } from "./launch.js";

export function lowerArgmaxWindows(_device: Device, _geometry: WindowGeometry, _input: Buffer): IndexBuffer {
  throw new Error("lowerArgmaxWindows: being written");
}

export function lowerMapArgmaxWindows(_device: Device, _geometry: WindowGeometry, _f: Expr, _inputs: readonly View[]): IndexBuffer {
  throw new Error("lowerMapArgmaxWindows: being written");
}
