import type { Expr } from "../expr.js";
import { fold } from "./fold.js";
import { simplifyNode } from "./simplified-call.js";
import { substituteArgs } from "./substitute.js";

/**
 * A formula equal to f with fewer operations: constants folded; 0, 1, −1, double negation, equal branches and constant conditions absorbed.
 * @remarks Where every subformula of f is finite the value stays the same number, bit for bit but for the sign of a zero: sums are not
 * reordered and products not reassociated. Two conventions go further: 0·x → 0 and 0/x → 0 also where x is NaN, infinite or 0.
 */
export function simplify(f: Expr): Expr {
  return fold<Expr>(f, (node, args) => {
    const rebuilt = substituteArgs(node, args);
    return rebuilt.kind === "call" ? simplifyNode(rebuilt) : rebuilt;
  });
}
