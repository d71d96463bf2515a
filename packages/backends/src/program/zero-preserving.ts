import { fold } from "../expr/fold.js";
import type { Expr } from "../expr.js";

/** What is known of a subformula when one input is 0, whatever finite or infinite numbers or NaN the others are. */
type Known = "zero" | "finite" | "unknown";

/** Whether f is sure to be 0 where input `index` is. */
export function isZeroPreserving(f: Expr, index: number): boolean {
  return (
    fold<Known>(f, (node, args) => {
      if (node.kind === "input") return node.index === index ? "zero" : "unknown";
      if (node.kind === "const") return node.value === 0 ? "zero" : Number.isFinite(node.value) ? "finite" : "unknown";
      return known(node.op, args);
    }) === "zero"
  );
}

function known(op: string, args: readonly Known[]): Known {
  const all = (want: Known) => args.every((arg) => arg === want || (want === "finite" && arg === "zero"));
  switch (op) {
    case "neg":
    case "abs":
      return args[0]!;
    case "mul":
      return all("finite") ? (args.includes("zero") ? "zero" : "finite") : "unknown";
    case "add":
    case "sub":
      return all("zero") ? "zero" : "unknown";
    case "select": {
      const [, a, b] = args;
      if (a === "zero" && b === "zero") return "zero";
      return a !== "unknown" && b !== "unknown" ? "finite" : "unknown";
    }
    case "lt":
    case "le":
    case "gt":
    case "ge":
    case "eq":
    case "ne":
      return "finite";
    default:
      return "unknown";
  }
}
