import { type Expr, input } from "../expr.js";
import { fold } from "./fold.js";
import { substitute } from "./substitute.js";

/** A formula of the inputs it reads and no others: input j of `formula` is input `used[j]` of f. */
export interface UsedInputs {
  readonly formula: Expr;
  readonly used: readonly number[];
}

export function usedInputs(f: Expr): UsedInputs {
  const found = new Set<number>();
  fold<void>(f, (node) => {
    if (node.kind === "input") found.add(node.index);
  });
  const used = [...found].sort((a, b) => a - b);
  if (used.every((index, j) => index === j)) return { formula: f, used };
  const inputs = used.map((_, j) => input(j));
  return { formula: substitute(f, (e) => (e.kind === "input" ? inputs[used.indexOf(e.index)] : undefined)), used };
}
