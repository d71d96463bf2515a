import type { Expr } from "../expr.js";
import { fold } from "./fold.js";

/**
 * f with every subformula e for which `replace(e)` is defined replaced by it: f(g₀(x), g₁(x), …) where `replace` maps input i to gᵢ.
 * What `replace` returns is not searched again. Nodes below which nothing changes stay the same objects, and shared ones stay shared.
 */
export function substitute(f: Expr, replace: (e: Expr) => Expr | undefined): Expr {
  return fold<Expr>(f, (node, args) => replace(node) ?? substituteArgs(node, args));
}

/** The same node over other arguments; the very same object where none differs. */
export function substituteArgs(node: Expr, args: readonly Expr[]): Expr {
  if (node.kind !== "call" || args.every((arg, i) => arg === node.args[i])) {
    return node;
  }
  return { kind: "call", op: node.op, args };
}
