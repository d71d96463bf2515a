import { instructions } from "../expr/instructions.js";
import type { Expr, ScalarOp } from "../expr.js";
import { literal } from "./literal.js";

/**
 * Statements that compute f of inputs that are expressions, and the expression of its value. Each distinct subformula is computed once.
 * @param prefix of the names that the statements declare
 */
export function formulaSource(f: Expr, inputs: readonly string[], prefix: string): { readonly code: string; readonly value: string } {
  const code: string[] = [];
  const names: string[] = [];
  instructions(f).forEach(({ node, args }, at) => {
    if (node.kind === "const") {
      names.push(literal(node.value));
      return;
    }
    const name = `${prefix}${at}`;
    const value =
      node.kind === "input"
        ? inputs[node.index]!
        : callSource(
            node.op,
            args.map((arg) => names[arg]!),
          );
    code.push(`let ${name} = ${value};`);
    names.push(name);
  });
  return { code: code.join("\n"), value: names.at(-1)! };
}

function callSource(op: ScalarOp, [x, y, z]: readonly string[]): string {
  return written[op](x!, y!, z!);
}

const flag = (test: string): string => `(${test} ? 1.0 : 0.0)`;

const written: Readonly<Record<ScalarOp, (x: string, y: string, z: string) => string>> = {
  neg: (x) => `(-${x})`,
  abs: (x) => `Math.abs(${x})`,
  sign: (x) => `Math.sign(${x})`,
  floor: (x) => `Math.floor(${x})`,
  ceil: (x) => `Math.ceil(${x})`,
  round: (x) => `Math.floor(${x} + 0.5)`,
  exp: (x) => `Math.exp(${x})`,
  expm1: (x) => `(Math.exp(${x}) - 1.0)`,
  log: (x) => `Math.log(${x})`,
  log1p: (x) => `Math.log(1.0 + ${x})`,
  sqrt: (x) => `Math.sqrt(${x})`,
  sin: (x) => `Math.sin(${x})`,
  cos: (x) => `Math.cos(${x})`,
  tan: (x) => `Math.tan(${x})`,
  asin: (x) => `Math.asin(${x})`,
  acos: (x) => `Math.acos(${x})`,
  atan: (x) => `Math.atan(${x})`,
  sinh: (x) => `Math.sinh(${x})`,
  cosh: (x) => `Math.cosh(${x})`,
  tanh: (x) => `Math.tanh(${x})`,
  sigmoid: (x) => `(1.0 / (1.0 + Math.exp(-${x})))`,
  softplus: (x) => `Math.log(1.0 + Math.exp(${x}))`,
  erf: (x) => `Math.tanh(${x})`,
  add: (x, y) => `(${x} + ${y})`,
  sub: (x, y) => `(${x} - ${y})`,
  mul: (x, y) => `(${x} * ${y})`,
  div: (x, y) => `(${x} / ${y})`,
  pow: (x, y) => `Math.pow(${x}, ${y})`,
  atan2: (x, y) => `Math.atan2(${x}, ${y})`,
  min: (x, y) => `Math.min(${x}, ${y})`,
  max: (x, y) => `Math.max(${x}, ${y})`,
  lt: (x, y) => flag(`${x} < ${y}`),
  le: (x, y) => flag(`${x} <= ${y}`),
  eq: (x, y) => flag(`${x} === ${y}`),
  ne: (x, y) => flag(`${x} !== ${y}`),
  gt: (x, y) => flag(`${x} > ${y}`),
  ge: (x, y) => flag(`${x} >= ${y}`),
  select: (x, y, z) => `(${x} !== 0.0 ? ${y} : ${z})`,
};
