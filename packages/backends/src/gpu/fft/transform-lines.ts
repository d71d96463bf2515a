import type { Buffer } from "../../backend.js";
import type { Device } from "../launch.js";
import { bluestein } from "./bluestein.js";
import { passes, type Transform } from "./passes.js";
import { radicesOf } from "./radices.js";

/** By passes of small radices, or, where the length has a large prime factor, by Bluestein's chirp. */
export function transformLines(device: Device, transform: Transform, input: Buffer): Buffer {
  const radices = radicesOf(transform.lines.n);
  return radices === null ? bluestein(device, transform, input) : passes(device, transform, radices, input);
}
