import { reshape, type Value } from "@paramat/core";

/** A leaf as a matrix: its last axis (features, output channels) against all others. */
export function asMatrix(leaf: Value): Value {
  const cols = leaf.shape.at(-1) ?? 1;
  return reshape(leaf, [cols === 0 ? 0 : leaf.size / cols, cols]);
}
