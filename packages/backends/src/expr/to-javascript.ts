import type { Expr, ScalarOp } from "../expr.js";
import { type Instruction, instructions } from "./instructions.js";

/** Straight-line code: run `statements` in order, then `result`, a name or a literal, is the value. */
export interface JavaScript {
  readonly statements: readonly string[];
  readonly result: string;
}

/**
 * f as JavaScript, each distinct subformula computed once: `{ statements: ["const t0 = Math.exp(x);"], result: "t0" }`.
 * The code refers to `Math`, to the input names, and to `erf` and `pow` of `scalarFunctions`, which must be in scope where f uses them.
 * It gives the same bits as `evaluate`.
 * @param inputNames one expression per input of f
 * @throws Error if f reads an input that has no name
 */
export function toJavaScript(f: Expr, inputNames: readonly string[]): JavaScript {
  const list = instructions(f);
  const needed = neededAsNumbers(list);
  const statements: string[] = [];
  const texts: string[] = [];
  let count = 0;
  for (const [i, { node, args }] of list.entries()) {
    if (node.kind === "input") {
      texts.push(inputName(node.index, inputNames));
    } else if (node.kind === "const") {
      texts.push(literal(node.value));
    } else if (needed.has(i)) {
      while (inputNames.includes(`t${count}`)) count++;
      statements.push(`const t${count} = ${callText(node.op, args, list, texts)};`);
      texts.push(`t${count++}`);
    } else {
      texts.push("");
    }
  }
  return { statements, result: texts.at(-1) as string };
}

const comparisons: Readonly<Partial<Record<ScalarOp, string>>> = { lt: "<", le: "<=", eq: "===", ne: "!==", gt: ">", ge: ">=" };

const operators: Readonly<Partial<Record<ScalarOp, string>>> = { add: "+", sub: "-", mul: "*", div: "/" };

function callText(op: ScalarOp, args: readonly number[], list: readonly Instruction[], texts: readonly string[]): string {
  const [x, y, z] = args.map((arg) => texts[arg]) as [string, string, string];
  const operator = operators[op];
  if (operator !== undefined) {
    return `${x} ${operator} ${y}`;
  }
  if (op in comparisons) {
    return `${x} ${comparisons[op]} ${y} ? 1 : 0`;
  }
  switch (op) {
    case "neg":
      return `-${x}`;
    case "select":
      return `${conditionText(list[args[0] as number] as Instruction, x, texts)} ? ${y} : ${z}`;
    case "sigmoid":
      return `1 / (1 + Math.exp(-${x}))`;
    case "softplus":
      return `Math.max(${x}, 0) + Math.log1p(Math.exp(-Math.abs(${x})))`;
    case "erf":
      return `erf(${x})`;
    case "pow":
      return powText(x, y, list[args[1] as number]?.node);
    default:
      return `Math.${op}(${args.map((arg) => texts[arg]).join(", ")})`;
  }
}

/** A comparison that only chooses is written as such: the branch predictor likes it better than a number compared with 0. */
function conditionText({ node, args }: Instruction, text: string, texts: readonly string[]): string {
  const symbol = node.kind === "call" ? comparisons[node.op] : undefined;
  return symbol === undefined ? `${text} !== 0` : `${texts[args[0] as number]} ${symbol} ${texts[args[1] as number]}`;
}

/** The same special exponents as `pow` in scalar-functions.ts. */
function powText(x: string, y: string, exponent: Expr | undefined): string {
  if (exponent?.kind !== "const") return `pow(${x}, ${y})`;
  if (exponent.value === 2) return `${x} * ${x}`;
  if (exponent.value === 3) return `${x} * ${x} * ${x}`;
  return exponent.value === -1 ? `1 / ${x}` : `Math.pow(${x}, ${y})`;
}

/** Positions whose value is used as a number; a comparison used only as a condition of selects is not among them. */
function neededAsNumbers(list: readonly Instruction[]): ReadonlySet<number> {
  const needed = new Set<number>([list.length - 1]);
  for (let i = list.length - 1; i >= 0; i--) {
    const { node, args } = list[i] as Instruction;
    if (!needed.has(i) || node.kind !== "call") continue;
    for (const [k, arg] of args.entries()) {
      const condition = node.op === "select" && k === 0 ? (list[arg] as Instruction) : undefined;
      const isComparison = condition?.node.kind === "call" && condition.node.op in comparisons;
      for (const operand of isComparison ? condition.args : [arg]) needed.add(operand);
    }
  }
  return needed;
}

function inputName(index: number, names: readonly string[]): string {
  const name = names[index];
  if (name === undefined) {
    throw new Error(`toJavaScript: the formula reads input ${index}; ${names.length} names given; give at least ${index + 1}`);
  }
  return name;
}

/** Parentheses keep `- -2` from becoming `--2`. */
function literal(value: number): string {
  const text = Object.is(value, -0) ? "-0" : `${value}`;
  return text.startsWith("-") ? `(${text})` : text;
}
