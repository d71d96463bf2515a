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
  sign: (x) => `signOf(${x})`,
  floor: (x) => `Math.floor(${x})`,
  ceil: (x) => `Math.ceil(${x})`,
  round: (x) => `roundOf(${x})`,
  exp: (x) => `expTimes(${x}, 0.0)`,
  expm1: (x) => `expm1Of(${x})`,
  log: (x) => `logOf(${x})`,
  log1p: (x) => `log1pOf(${x})`,
  sqrt: (x) => `rootOf(${x})`,
  sin: (x) => `sinOf(${x})`,
  cos: (x) => `cosOf(${x})`,
  tan: (x) => `tanOf(${x})`,
  asin: (x) => `asinOf(${x})`,
  acos: (x) => `acosOf(${x})`,
  atan: (x) => `atanOf(${x})`,
  sinh: (x) => `sinhOf(${x})`,
  cosh: (x) => `coshOf(${x})`,
  tanh: (x) => `tanhOf(${x})`,
  sigmoid: (x) => `sigmoidOf(${x})`,
  softplus: (x) => `softplusOf(${x})`,
  erf: (x) => `erfOf(${x})`,
  add: (x, y) => `(${x} + ${y})`,
  sub: (x, y) => `(${x} - ${y})`,
  mul: (x, y) => `(${x} * ${y})`,
  div: (x, y) => `(${x} / ${y})`,
  pow: (x, y) => `powOf(${x}, ${y})`,
  atan2: (x, y) => `atan2Of(${x}, ${y})`,
  min: (x, y) => `minOf(${x}, ${y})`,
  max: (x, y) => `maxOf(${x}, ${y})`,
  lt: (x, y) => flag(`${x} < ${y}`),
  le: (x, y) => flag(`${x} <= ${y}`),
  eq: (x, y) => flag(`${x} === ${y}`),
  // Devices may take NaN ≠ NaN for false, but not NaN = NaN for true.
  ne: (x, y) => `(${x} === ${y} ? 0.0 : 1.0)`,
  gt: (x, y) => flag(`${x} > ${y}`),
  ge: (x, y) => flag(`${x} >= ${y}`),
  select: (x, y, z) => `(${x} === 0.0 ? ${z} : ${y})`,
};
