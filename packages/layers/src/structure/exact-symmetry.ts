import { add, mul, sub, type Value } from "@paramat/core";
import type { Tag } from "../tag.js";
import { adjoint } from "./blocks/adjoint.js";

/** Blocks of a matrix tagged symmetric or antisymmetric, freed of rounding: (B + Bᴴ)/2 or (B − Bᴴ)/2. Needs U = V. */
export function exactSymmetry(blocks: Value, tags: readonly Tag[]): Value {
  if (tags.includes("symmetric")) return mul(add(blocks, adjoint(blocks)), 0.5);
  if (tags.includes("antisymmetric")) return mul(sub(blocks, adjoint(blocks)), 0.5);
  return blocks;
}
