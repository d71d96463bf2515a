import { instructions } from "../../expr/instructions.js";
import type { CallExpr, Expr, ScalarOp } from "../../expr.js";

/** Roughly how many instructions f takes on one vector. */
export function formulaCost(f: Expr): number {
  return instructions(f).reduce((sum, { node }) => sum + (node.kind === "call" ? costOf(node) : 0), 0);
}

function costOf({ op, args }: CallExpr): number {
  const exponent = op === "pow" ? args[1] : undefined;
  if (exponent?.kind === "const" && powerCosts.has(exponent.value)) return powerCosts.get(exponent.value)!;
  return costs[op] ?? 1;
}

/** Of the exponents that `powerOfConstant` knows. */
const powerCosts: ReadonlyMap<number, number> = new Map([
  [2, 1],
  [3, 2],
  [-1, 5],
  [0.5, 9],
]);

const costs: Readonly<Partial<Record<ScalarOp, number>>> = {
  sign: 4,
  round: 6,
  sqrt: 6,
  div: 5,
  min: 3,
  max: 3,
  select: 3,
  exp: 25,
  expm1: 35,
  log: 30,
  log1p: 35,
  pow: 80,
  sinh: 40,
  cosh: 35,
  tanh: 30,
  sigmoid: 30,
  softplus: 60,
  sin: 40,
  cos: 40,
  tan: 50,
  asin: 35,
  acos: 35,
  atan: 30,
  atan2: 45,
  erf: 50,
};
