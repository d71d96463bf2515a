import * as fc from "fast-check";
import { call, constant, type Expr, input, type ScalarOp, scalarOps } from "../expr.js";

type Range = readonly [low: number, high: number];

/** Where each argument is drawn: inside the domain, away from poles. */
export const domains: Readonly<Record<ScalarOp, readonly Range[]>> = {
  neg: [[-9, 9]],
  abs: [[-9, 9]],
  sign: [[-9, 9]],
  floor: [[-9, 9]],
  ceil: [[-9, 9]],
  round: [[-9, 9]],
  exp: [[-9, 9]],
  expm1: [[-3, 3]],
  log: [[0.01, 50]],
  log1p: [[-0.9, 9]],
  sqrt: [[0, 50]],
  sin: [[-6, 6]],
  cos: [[-6, 6]],
  tan: [[-1.4, 1.4]],
  asin: [[-0.99, 0.99]],
  acos: [[-0.99, 0.99]],
  atan: [[-9, 9]],
  sinh: [[-4, 4]],
  cosh: [[-4, 4]],
  tanh: [[-9, 9]],
  sigmoid: [[-20, 20]],
  softplus: [[-20, 20]],
  erf: [[-5, 5]],
  add: [
    [-9, 9],
    [-9, 9],
  ],
  sub: [
    [-9, 9],
    [-9, 9],
  ],
  mul: [
    [-9, 9],
    [-9, 9],
  ],
  div: [
    [-9, 9],
    [0.5, 3],
  ],
  pow: [
    [0.1, 4],
    [-3, 3],
  ],
  atan2: [
    [-3, 3],
    [-3, 3],
  ],
  min: [
    [-9, 9],
    [-9, 9],
  ],
  max: [
    [-9, 9],
    [-9, 9],
  ],
  lt: [
    [-9, 9],
    [-9, 9],
  ],
  le: [
    [-9, 9],
    [-9, 9],
  ],
  eq: [
    [-9, 9],
    [-9, 9],
  ],
  ne: [
    [-9, 9],
    [-9, 9],
  ],
  gt: [
    [-9, 9],
    [-9, 9],
  ],
  ge: [
    [-9, 9],
    [-9, 9],
  ],
  select: [
    [-1, 1],
    [-9, 9],
    [-9, 9],
  ],
};

/** Exact in every precision: edges, ties, and arguments at which a careless formula overflows or cancels to 0. */
export const points: readonly (readonly [ScalarOp, readonly number[], number])[] = [
  ["abs", [0], 0],
  ["sign", [0], 0],
  ["sign", [-3], -1],
  ["floor", [-1.5], -2],
  ["ceil", [-1.5], -1],
  ["sqrt", [0], 0],
  ["log", [0], -Infinity],
  ["exp", [-Infinity], 0],
  ["sigmoid", [800], 1],
  ["sigmoid", [-800], 0],
  ["softplus", [800], 800],
  ["softplus", [-800], 0],
  ["tanh", [800], 1],
  ["tanh", [-800], -1],
  ["erf", [0], 0],
  ["erf", [9], 1],
  ["erf", [-9], -1],
  ["sub", [3, 3], 0],
  ["mul", [0, Infinity], NaN],
  ["div", [1, 0], Infinity],
  ["pow", [-2, 3], -8],
  ["pow", [0, 0], 1],
  ["pow", [-2, 2], 4],
  ["pow", [0.5, -1], 2],
  ["lt", [2, 2], 0],
  ["le", [2, 2], 1],
  ["eq", [2, 2], 1],
  ["ne", [2, 2], 0],
  ["gt", [2, 2], 0],
  ["ge", [2, 2], 1],
  ["eq", [NaN, NaN], 0],
  ["select", [1, 7, NaN], 7],
  ["select", [0, NaN, 7], 7],
  ["add", [NaN, 1], NaN],
];

/** Operations that keep relative accuracy near 0. */
export const smallOps = ["expm1", "log1p", "sin", "tan", "asin", "atan", "sinh", "tanh", "erf"] as const;

/** Continuous and tame, so that a formula of them loses only a few roundings. */
const tameOps = ["add", "sub", "mul", "min", "max", "neg", "abs", "sin", "cos", "tanh", "sigmoid", "softplus", "atan"] as const;

/** Formulas of three inputs. */
export const formula: fc.Arbitrary<Expr> = fc.letrec<{ leaf: Expr; node: Expr }>((tie) => ({
  leaf: fc.oneof(fc.integer({ min: 0, max: 2 }).map(input), fc.constantFrom(-1.5, 0, 0.5, 1).map(constant)),
  node: fc.oneof(
    { depthSize: "small", maxDepth: 4 },
    tie("leaf"),
    fc
      .tuple(fc.constantFrom(...tameOps), tie("node"), tie("node"))
      .map(([op, a, b]) => (scalarOps[op] === 1 ? call(op, a) : call(op, a, b))),
  ),
})).node;

/** A bound on |f| and on its intermediate values, for inputs in [−1, 1]. */
export function magnitude(f: Expr): number {
  if (f.kind === "input") return 1;
  if (f.kind === "const") return Math.max(1, Math.abs(f.value));
  const bounds = f.args.map(magnitude);
  return f.op === "mul" ? bounds.reduce((a, b) => a * b, 1) : bounds.reduce((a, b) => a + b, 1);
}
