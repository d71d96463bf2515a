import { fold } from "../expr/fold.js";
import { instructions } from "../expr/instructions.js";
import type { Expr, ScalarOp } from "../expr.js";

const cheap: ReadonlySet<ScalarOp> = new Set([
  "neg",
  "abs",
  "sign",
  "add",
  "sub",
  "mul",
  "min",
  "max",
  "lt",
  "le",
  "eq",
  "ne",
  "gt",
  "ge",
  "select",
]);
const comparisons: ReadonlySet<ScalarOp> = new Set(["lt", "le", "eq", "ne", "gt", "ge", "sign", "floor", "ceil", "round"]);

/** Rough cost of one entry: 1 for what a processor does in a cycle, 5 for roots and quotients, 20 for elementary functions. */
export function formulaCost(f: Expr): number {
  return instructions(f).reduce((sum, { node }) => sum + nodeCost(node), 0);
}

/** Operations of one entry, each counted once. */
export function formulaFlops(f: Expr): number {
  return instructions(f).filter(({ node }) => node.kind === "call").length;
}

/** Whether the formula jumps where two of its inputs meet: it compares what depends on inputs with what depends on inputs. */
export function comparesInputs(f: Expr): boolean {
  let found = false;
  fold<boolean>(f, (node, args) => {
    if (node.kind === "call" && comparisons.has(node.op) && (args.length === 1 || args.filter(Boolean).length > 1)) found = true;
    return node.kind === "input" || args.some(Boolean);
  });
  return found;
}

/** The same of one node, without its arguments. */
export function nodeCost(node: Expr): number {
  if (node.kind !== "call") return 0;
  const { op } = node;
  if (cheap.has(op)) return 1;
  return op === "div" || op === "sqrt" || op === "floor" || op === "ceil" || op === "round" ? 5 : 20;
}
