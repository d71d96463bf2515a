import { instructions } from "../expr/instructions.js";
import { scalarFunctions } from "../expr/scalar-functions.js";
import type { Expr, ScalarOp } from "../expr.js";
import { literal } from "./literal.js";

/**
 * Statements that compute f of inputs that are expressions, and the expression of its value. Each distinct subformula is computed once; those without inputs
 * are computed here, in float32: compilers refuse constants that overflow.
 * @param prefix of the names that the statements declare
 */
export function formulaSource(f: Expr, inputs: readonly string[], prefix: string): { readonly code: string; readonly value: string } {
  const code: string[] = [];
  const terms: Term[] = [];
  instructions(f).forEach(({ node, args }, at) => {
    const term = termOf(
      node,
      inputs,
      args.map((arg) => terms[arg]!),
    );
    if (term.constant !== undefined) {
      terms.push(term);
      return;
    }
    const name = `${prefix}${at}`;
    code.push(`let ${name} = ${term.text};`);
    terms.push({ text: name });
  });
  return { code: code.join("\n"), value: terms.at(-1)!.text };
}

/** An expression, and its value where that is known. */
interface Term {
  readonly text: string;
  readonly constant?: number;
}

function termOf(node: Expr, inputs: readonly string[], args: readonly Term[]): Term {
  if (node.kind === "input") return { text: inputs[node.index]! };
  if (node.kind === "const") return known(node.value);
  const [x, y, z] = args.map(({ constant }) => constant) as [number, number, number];
  if (args.every(({ constant }) => constant !== undefined)) return known(scalarFunctions[node.op](x, y, z));
  const isProduct = node.op === "mul" || node.op === "div";
  const [a, b, c] = args.map(({ text, constant }) => (isProduct && constant === 0 ? hidden(constant) : text)) as [string, string, string];
  const product = node.op === "pow" ? products.get(y) : undefined;
  return { text: product?.(a) ?? written[node.op](a, b, c) };
}

function known(value: number): Term {
  return { text: literal(value), constant: Math.fround(value) };
}

/** 0 or −0, not as a literal: compilers would take 0·x and 0/x for 0, but where x is NaN or ∞ they are NaN. */
function hidden(zero: number): string {
  return Object.is(zero, -0) ? literal(zero) : "math[281]";
}

/** Powers by constant exponents that are products, and quotients of such. */
const products: ReadonlyMap<number, (x: string) => string> = new Map([
  [-2, (x) => `(1.0 / (${x} * ${x}))`],
  [-1, (x) => `(1.0 / ${x})`],
  [1, (x) => x],
  [2, (x) => `(${x} * ${x})`],
  [3, (x) => `(${x} * ${x} * ${x})`],
  [4, (x) => `((${x} * ${x}) * (${x} * ${x}))`],
]);

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
