import type { Expr } from "../expr.js";
import { fold } from "./fold.js";

/** One subformula of a formula; `args` are the positions of its arguments in the list it stands in. */
export interface Instruction {
  readonly node: Expr;
  readonly args: readonly number[];
  /** `x0`, `#2.5` or `mul(0,1)`: equal exactly where the subformulas are. */
  readonly key: string;
}

/**
 * f as straight-line code: every structurally distinct subformula once, arguments before their users, f itself last.
 * Two formulas that are equal as trees give the same list, however their nodes are shared.
 */
export function instructions(f: Expr): readonly Instruction[] {
  const list: Instruction[] = [];
  const positions = new Map<string, number>();
  fold<number>(f, (node, args) => {
    const key = nodeKey(node, args);
    const known = positions.get(key);
    if (known !== undefined) {
      return known;
    }
    positions.set(key, list.length);
    return list.push({ node, args, key }) - 1;
  });
  return list;
}

function nodeKey(node: Expr, args: readonly number[]): string {
  switch (node.kind) {
    case "input":
      return `x${node.index}`;
    case "const":
      // String(-0) is "0", yet 1/−0 is not 1/0.
      return Object.is(node.value, -0) ? "#-0" : `#${node.value}`;
    case "call":
      return `${node.op}(${args.join(",")})`;
  }
}
