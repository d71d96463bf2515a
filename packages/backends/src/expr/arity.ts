import type { Expr } from "../expr.js";
import { fold } from "./fold.js";

/** 1 + the largest input index in f: how many inputs f must be given; 0 for a formula without inputs. */
export function arity(f: Expr): number {
  return fold<number>(f, (node, args) => (node.kind === "input" ? node.index + 1 : Math.max(0, ...args)));
}
