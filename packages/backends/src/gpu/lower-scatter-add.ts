import type { Buffer, GatherLayout, IndexBuffer } from "../backend.js";
import type { Device } from "./launch.js";

export function lowerScatterAdd(_device: Device, _layout: GatherLayout, _input: Buffer, _index: IndexBuffer): Buffer {
  throw new Error("lowerScatterAdd: being written");
}
