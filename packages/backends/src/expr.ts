/**
 * A scalar formula as data: each backend compiles it, the tape differentiates it symbolically, programs fuse it by substitution.
 * Numbers are real; comparisons give 1 or 0; `select(c, a, b)` is a where c ≠ 0, else b (the branch not taken is never NaN-poisoning).
 * `round` takes halves towards +∞; `min` and `max` of a NaN are NaN; `sign(0)` is 0; `softplus(x)` is log(1 + eˣ). What each means in
 * float64 is `scalarFunctions`. A formula is a directed acyclic graph: a node object used twice is computed once.
 */
export type Expr = InputExpr | ConstExpr | CallExpr;

/** The i-th argument of the formula. */
export interface InputExpr {
  readonly kind: "input";
  readonly index: number;
}

export interface ConstExpr {
  readonly kind: "const";
  readonly value: number;
}

export interface CallExpr {
  readonly kind: "call";
  readonly op: ScalarOp;
  readonly args: readonly Expr[];
}

/** Every scalar operation and its number of arguments. Closed: a new one touches each backend. */
export const scalarOps = {
  neg: 1,
  abs: 1,
  sign: 1,
  floor: 1,
  ceil: 1,
  round: 1,
  exp: 1,
  expm1: 1,
  log: 1,
  log1p: 1,
  sqrt: 1,
  sin: 1,
  cos: 1,
  tan: 1,
  asin: 1,
  acos: 1,
  atan: 1,
  sinh: 1,
  cosh: 1,
  tanh: 1,
  sigmoid: 1,
  softplus: 1,
  erf: 1,
  add: 2,
  sub: 2,
  mul: 2,
  div: 2,
  pow: 2,
  atan2: 2,
  min: 2,
  max: 2,
  lt: 2,
  le: 2,
  eq: 2,
  ne: 2,
  gt: 2,
  ge: 2,
  select: 3,
} as const;

export type ScalarOp = keyof typeof scalarOps;

/** The `index`-th argument. */
export function input(index: number): Expr {
  return { kind: "input", index };
}

/** A number. */
export function constant(value: number): Expr {
  return { kind: "const", value };
}

/** `op(args…)`; plain numbers stand for constants. `call("mul", 2, input(0))` is 2·x. */
export function call(op: ScalarOp, ...args: readonly (Expr | number)[]): Expr {
  if (args.length !== scalarOps[op]) {
    throw new Error(`Expr: ${op} has ${args.length} arguments; it takes ${scalarOps[op]}`);
  }
  return { kind: "call", op, args: args.map((a) => (typeof a === "number" ? constant(a) : a)) };
}
