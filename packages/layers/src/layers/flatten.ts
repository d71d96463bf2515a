import { reshape, sizeOf } from "@paramat/core";
import type { Layer } from "../layer.js";
import { mapping } from "./mapping.js";

/** Each example as a vector, row-major. */
export function flatten(): Layer {
  return mapping(
    "flatten",
    (y) => reshape(y, [y.shape[0] as number, sizeOf(y.shape.slice(1))]),
    (inShape) => [sizeOf(inShape)],
  );
}
