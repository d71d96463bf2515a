import { constant, type Expr, type ScalarOp } from "../expr.js";
import { simplifiedCall as s } from "./simplified-call.js";

/** df from f, its arguments and their tangents; a rule for one argument ignores the other two, and is asked only where some tangent is not 0. */
type DerivativeRule = (f: Expr, args: readonly [Expr, Expr, Expr], tangents: readonly [Expr, Expr, Expr]) => Expr;

const zero: DerivativeRule = () => constant(0);

/** Tangent of every scalar operation. A rule uses f itself wherever the derivative can be written with it. */
export const derivativeRules: Readonly<Record<ScalarOp, DerivativeRule>> = {
  neg: (_, __, [dx]) => s("neg", dx),
  abs: (_, [x], [dx]) => s("mul", s("sign", x), dx),
  sign: zero,
  floor: zero,
  ceil: zero,
  round: zero,
  exp: (f, _, [dx]) => s("mul", f, dx),
  // eˣ, not f + 1, which has lost every digit once x < −36.
  expm1: (_, [x], [dx]) => s("mul", s("exp", x), dx),
  log: (_, [x], [dx]) => s("div", dx, x),
  log1p: (_, [x], [dx]) => s("div", dx, s("add", 1, x)),
  sqrt: (f, _, [dx]) => s("div", s("mul", 0.5, dx), f),
  sin: (_, [x], [dx]) => s("mul", s("cos", x), dx),
  cos: (_, [x], [dx]) => s("neg", s("mul", s("sin", x), dx)),
  tan: (f, _, [dx]) => s("mul", s("add", 1, s("mul", f, f)), dx),
  asin: (_, [x], [dx]) => s("div", dx, rootOfOneMinusSquare(x)),
  acos: (_, [x], [dx]) => s("neg", s("div", dx, rootOfOneMinusSquare(x))),
  atan: (_, [x], [dx]) => s("div", dx, s("add", 1, s("mul", x, x))),
  sinh: (_, [x], [dx]) => s("mul", s("cosh", x), dx),
  cosh: (_, [x], [dx]) => s("mul", s("sinh", x), dx),
  tanh: (f, _, [dx]) => s("mul", s("sub", 1, s("mul", f, f)), dx),
  sigmoid: (f, _, [dx]) => s("mul", s("mul", f, s("sub", 1, f)), dx),
  softplus: (_, [x], [dx]) => s("mul", s("sigmoid", x), dx),
  erf: (_, [x], [dx]) => s("mul", s("mul", 2 / Math.sqrt(Math.PI), s("exp", s("neg", s("mul", x, x)))), dx),
  add: (_, __, [dx, dy]) => s("add", dx, dy),
  sub: (_, __, [dx, dy]) => s("sub", dx, dy),
  mul: (_, [x, y], [dx, dy]) => (x === y ? s("mul", s("mul", 2, x), dx) : s("add", s("mul", dx, y), s("mul", x, dy))),
  // d(x/y) = (dx − f·dy)/y
  div: (f, [, y], [dx, dy]) => s("div", s("sub", dx, s("mul", f, dy)), y),
  pow: (f, [x, y], [dx, dy]) => s("add", powerBase(x, y, dx), powerExponent(f, x, dy)),
  atan2: (_, [y, x], [dy, dx]) => s("select", s("le", s("abs", y), s("abs", x)), turn(y, x, dy, dx), s("neg", turn(x, y, dx, dy))),
  min: (_, [x, y], [dx, dy]) => chosen("lt", x, y, dx, dy),
  max: (_, [x, y], [dx, dy]) => chosen("gt", x, y, dx, dy),
  lt: zero,
  le: zero,
  eq: zero,
  ne: zero,
  gt: zero,
  ge: zero,
  select: (_, [condition], [, dx, dy]) => s("select", condition, dx, dy),
};

/** √(1 − x²) as √((1 − x)(1 + x)), which keeps its digits near ±1. */
function rootOfOneMinusSquare(x: Expr): Expr {
  return s("sqrt", s("mul", s("sub", 1, x), s("add", 1, x)));
}

/** (x·dy − y·dx)/(x² + y²) where |y| ≤ |x|, as (dy − t·dx)/(x + y·t) with t = y/x: no square to overflow at 1e200 or vanish at 1e−200. */
function turn(y: Expr, x: Expr, dy: Expr, dx: Expr): Expr {
  const t = s("div", y, x);
  return s("div", s("sub", dy, s("mul", t, dx)), s("add", x, s("mul", y, t)));
}

/** y·x^{y−1}·dx; x⁰ is 1 everywhere, so a zero exponent gives 0 at x = 0 too, where 0·0⁻¹ would be NaN. */
function powerBase(x: Expr, y: Expr, dx: Expr): Expr {
  const partial = s("mul", y, s("pow", x, s("sub", y, 1)));
  return s("mul", y.kind === "const" ? partial : s("select", s("eq", y, 0), 0, partial), dx);
}

/** f·log x·dy, and 0 at x = 0. */
function powerExponent(f: Expr, x: Expr, dy: Expr): Expr {
  return s("mul", s("select", s("eq", x, 0), 0, s("mul", f, s("log", x))), dy);
}

/** dx where `x op y`, dy where `y op x`, their mean at a tie. Selected rather than multiplied by 0 or 1, so an infinite tangent not chosen does no harm. */
function chosen(op: "lt" | "gt", x: Expr, y: Expr, dx: Expr, dy: Expr): Expr {
  return s("select", s(op, x, y), dx, s("select", s(op, y, x), dy, s("mul", 0.5, s("add", dx, dy))));
}
