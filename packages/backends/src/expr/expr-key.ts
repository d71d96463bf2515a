import type { Expr } from "../expr.js";
import { instructions } from "./instructions.js";

/**
 * A string that is the same for f and g exactly when f and g are equal as trees: a cache key.
 * Its length is linear in the number of distinct subformulas, however often they are shared.
 */
export function exprKey(f: Expr): string {
  return instructions(f)
    .map((instruction) => instruction.key)
    .join(";");
}
