import { fold } from "../expr/fold.js";
import { scalarFunctions } from "../expr/scalar-functions.js";
import { substituteArgs } from "../expr/substitute.js";
import { constant, type Expr } from "../expr.js";

/**
 * f with constants folded and 1·x, x/1, x ± 0, −(−x) and choices by a constant absorbed. Unlike `simplify` it keeps 0·x, which is NaN where x is
 * not finite: a program must show NaN where the plain function does.
 */
export function exactFormula(f: Expr): Expr {
  return fold<Expr>(f, (node, args) => {
    const rebuilt = substituteArgs(node, args);
    if (rebuilt.kind !== "call") return rebuilt;
    const [a, b, c] = rebuilt.args as [Expr, Expr, Expr];
    if (rebuilt.args.every((arg) => arg.kind === "const")) {
      const [x, y, z] = rebuilt.args.map((arg) => (arg.kind === "const" ? arg.value : 0)) as [number, number, number];
      return constant(scalarFunctions[rebuilt.op](x, y, z));
    }
    switch (rebuilt.op) {
      case "mul":
        return is(a, 1) ? b : is(b, 1) ? a : rebuilt;
      case "div":
        return is(b, 1) ? a : rebuilt;
      case "add":
        return is(a, 0) ? b : is(b, 0) ? a : rebuilt;
      case "sub":
        return is(b, 0) ? a : rebuilt;
      case "neg":
        return a.kind === "call" && a.op === "neg" ? (a.args[0] as Expr) : rebuilt;
      case "select":
        return a.kind === "const" ? (a.value !== 0 ? b : c) : b === c ? b : rebuilt;
      default:
        return rebuilt;
    }
  });
}

function is(e: Expr, value: number): boolean {
  return e.kind === "const" && e.value === value;
}
