import { call, constant, type Expr, input } from "@paramat/backends";
import {
  isConditionalNode,
  isConstantNode,
  isFunctionNode,
  isOperatorNode,
  isParenthesisNode,
  isRelationalNode,
  isSymbolNode,
  type MathNode,
  parse,
} from "mathjs/number";
import { formulaConstants, formulaFunctions } from "./formula-functions.js";

/** A formula as text, parsed: its names, and the scalar formula it stands for. */
export interface Formula {
  /** Every symbol but the names of functions, in natural order (t2 before t10). */
  readonly symbols: readonly string[];
  /** Those that are not a known constant either: variables, unless the caller says which are. */
  readonly variables: readonly string[];
  /** The formula with variable i as `input(i)`. @throws SyntaxError naming a symbol that is no variable, or what has no scalar meaning */
  toExpr(variables: readonly string[]): Expr;
}

/**
 * A formula in the notation of mathjs: + − * / ^, comparisons, `c ? a : b`, functions such as exp, log, max, erf, and constants such as pi.
 * @param op named in errors, with the formula's place
 * @throws SyntaxError if mathjs cannot parse it
 */
export function parseFormula(op: string, text: string): Formula {
  const node = parsed(op, text);
  const symbols = new Set<string>();
  node.traverse((child, path) => {
    if (isSymbolNode(child) && path !== "fn") symbols.add(child.name);
  });
  const sorted = [...symbols].sort(naturalOrder);
  return {
    symbols: sorted,
    variables: sorted.filter((name) => !formulaConstants.has(name)),
    toExpr: (variables) => convert(node, (what) => new SyntaxError(`${op}: in "${text}", ${what}`), variables),
  };
}

/** t2 before t10: runs of digits compare as numbers, all else by code unit, so the order is the same on every platform. */
export function naturalOrder(a: string, b: string): number {
  const [left, right] = [runs(a), runs(b)];
  for (let k = 0; k < Math.min(left.length, right.length); k++) {
    const [x, y] = [left[k] as string, right[k] as string];
    const difference = Number(x) - Number(y);
    if (difference) return difference;
    if (Number.isNaN(difference) && x !== y) return x < y ? -1 : 1;
  }
  return left.length - right.length;
}

function runs(name: string): readonly string[] {
  return name.match(/\d+|\D+/g) ?? [];
}

function parsed(op: string, text: string): MathNode {
  if (text.trim() === "") throw new SyntaxError(`${op}: the formula is empty; write 0 for nothing`);
  try {
    return parse(text);
  } catch (error) {
    throw new SyntaxError(`${op}: "${text}" is not a formula: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function convert(node: MathNode, fault: (what: string) => Error, variables: readonly string[]): Expr {
  const into = (child: MathNode) => convert(child, fault, variables);
  if (isParenthesisNode(node)) return into(node.content);
  if (isConstantNode(node)) {
    const { value } = node;
    if (typeof value === "number") return constant(value);
    if (typeof value === "boolean") return constant(value ? 1 : 0);
    throw fault(`${String(value)} is not a number`);
  }
  if (isSymbolNode(node)) {
    const at = variables.indexOf(node.name);
    if (at >= 0) return input(at);
    const known = formulaConstants.get(node.name);
    if (known) return known;
    throw fault(
      `${node.name} is unknown; variables are ${variables.join(", ") || "none"}, constants are ${[...formulaConstants.keys()].join(", ")}`,
    );
  }
  if (isConditionalNode(node)) return call("select", into(node.condition), into(node.trueExpr), into(node.falseExpr));
  // a < b <= c holds where each comparison does.
  if (isRelationalNode(node)) {
    return node.conditionals
      .map((name, k) => invoke(name, [node.params[k], node.params[k + 1]] as MathNode[], into, fault))
      .reduce((x, y) => call("mul", x, y));
  }
  if (isOperatorNode(node)) return invoke(node.fn, node.args, into, fault, `operator ${node.op}`);
  if (isFunctionNode(node)) return invoke(node.fn.name, node.args, into, fault);
  throw fault(`${node.type} "${node.toString()}" has no scalar meaning; write one formula of numbers`);
}

function invoke(
  name: string,
  args: readonly MathNode[],
  into: (node: MathNode) => Expr,
  fault: (what: string) => Error,
  shown = `function ${name}`,
): Expr {
  const found = formulaFunctions.get(name);
  if (!found) throw fault(`${shown} is not supported; functions are ${[...formulaFunctions.keys()].join(", ")}`);
  const { least, most, build } = found;
  if (args.length < least || args.length > most) {
    throw fault(
      `${shown} has ${args.length} arguments; it takes ${least === most ? least : most === Number.POSITIVE_INFINITY ? `${least} or more` : `${least} to ${most}`}`,
    );
  }
  return build(args.map(into));
}
