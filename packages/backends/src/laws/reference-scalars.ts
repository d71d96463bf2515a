import type { Expr, ScalarOp } from "../expr.js";

/** 2/√π e^{−x²} Σ_n 2ⁿ x^{2n+1}/(1·3···(2n+1)): every term has the sign of x, so nothing cancels. */
function erfSeries(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; n < 400; n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}

/** What every scalar operation means, in float64. */
export const referenceScalars: Readonly<Record<ScalarOp, (...args: number[]) => number>> = {
  neg: (x) => -x!,
  abs: (x) => (x! < 0 ? -x! : x!),
  sign: (x) => (x! > 0 ? 1 : x! < 0 ? -1 : x!),
  floor: (x) => Math.floor(x!),
  ceil: (x) => -Math.floor(-x!),
  round: (x) => Math.floor(x! + 0.5),
  exp: (x) => Math.exp(x!),
  expm1: (x) => Math.expm1(x!),
  log: (x) => Math.log(x!),
  log1p: (x) => Math.log1p(x!),
  sqrt: (x) => Math.sqrt(x!),
  sin: (x) => Math.sin(x!),
  cos: (x) => Math.cos(x!),
  tan: (x) => Math.tan(x!),
  asin: (x) => Math.asin(x!),
  acos: (x) => Math.acos(x!),
  atan: (x) => Math.atan(x!),
  sinh: (x) => Math.sinh(x!),
  cosh: (x) => Math.cosh(x!),
  tanh: (x) => Math.tanh(x!),
  sigmoid: (x) => (x! < 0 ? Math.exp(x!) / (1 + Math.exp(x!)) : 1 / (1 + Math.exp(-x!))),
  softplus: (x) => (x! > 0 ? x! + Math.log1p(Math.exp(-x!)) : Math.log1p(Math.exp(x!))),
  erf: erfSeries as (...args: number[]) => number,
  add: (x, y) => x! + y!,
  sub: (x, y) => x! - y!,
  mul: (x, y) => x! * y!,
  div: (x, y) => x! / y!,
  pow: (x, y) => x! ** y!,
  atan2: (x, y) => Math.atan2(x!, y!),
  min: (x, y) => (x! < y! ? x! : y!),
  max: (x, y) => (x! > y! ? x! : y!),
  lt: (x, y) => Number(x! < y!),
  le: (x, y) => Number(x! <= y!),
  eq: (x, y) => Number(x === y),
  ne: (x, y) => Number(x !== y),
  gt: (x, y) => Number(x! > y!),
  ge: (x, y) => Number(x! >= y!),
  select: (c, x, y) => (c !== 0 ? x! : y!),
};

/** The value of a formula, node by node. */
export function valueOf(f: Expr, inputs: readonly number[]): number {
  if (f.kind === "input") return inputs[f.index]!;
  if (f.kind === "const") return f.value;
  return referenceScalars[f.op](...f.args.map((arg) => valueOf(arg, inputs)));
}
