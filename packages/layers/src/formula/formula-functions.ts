import { call, constant, type Expr, type ScalarOp } from "@paramat/backends";

/** How a function of a formula is built from scalar operations, by its number of arguments. */
export interface FormulaFunction {
  readonly least: number;
  readonly most: number;
  build(args: readonly Expr[]): Expr;
}

/** Functions a formula may use, by their mathjs names, and the operators by the names that mathjs gives them (`add` for +). Real numbers throughout: outside their domain they are NaN. */
export const formulaFunctions: ReadonlyMap<string, FormulaFunction> = new Map<string, FormulaFunction>([
  ...(
    [
      "abs",
      "sign",
      "floor",
      "ceil",
      "exp",
      "expm1",
      "log1p",
      "sqrt",
      "sin",
      "cos",
      "tan",
      "asin",
      "acos",
      "atan",
      "sinh",
      "cosh",
      "tanh",
      "erf",
    ] as const
  ).map((op): [string, FormulaFunction] => [op, unary((x) => call(op, x))]),
  ...(["sigmoid", "softplus"] as const).map((op): [string, FormulaFunction] => [op, unary((x) => call(op, x))]),
  ["relu", unary((x) => call("max", x, 0))],
  // mathjs takes halves away from zero.
  ["round", unary((x) => call("mul", call("sign", x), call("floor", call("add", call("abs", x), 0.5))))],
  ["cbrt", unary((x) => call("mul", call("sign", x), call("pow", call("abs", x), 1 / 3)))],
  ["square", unary((x) => call("mul", x, x))],
  ["cube", unary((x) => call("pow", x, 3))],
  ["log2", unary((x) => call("div", call("log", x), Math.LN2))],
  ["log10", unary((x) => call("div", call("log", x), Math.LN10))],
  [
    "log",
    { least: 1, most: 2, build: ([x, base]) => (base ? call("div", call("log", x as Expr), call("log", base)) : call("log", x as Expr)) },
  ],
  ["unaryMinus", unary((x) => call("neg", x))],
  ["unaryPlus", unary((x) => x)],
  ["not", unary((x) => call("eq", x, 0))],
  ["add", chain("add")],
  ["multiply", chain("mul")],
  ["dotMultiply", chain("mul")],
  ["max", chain("max")],
  ["min", chain("min")],
  ["subtract", binary("sub")],
  ["divide", binary("div")],
  ["dotDivide", binary("div")],
  ["pow", binary("pow")],
  ["dotPow", binary("pow")],
  ["atan2", binary("atan2")],
  ["smaller", binary("lt")],
  ["smallerEq", binary("le")],
  ["larger", binary("gt")],
  ["largerEq", binary("ge")],
  ["equal", binary("eq")],
  ["unequal", binary("ne")],
  [
    "mod",
    {
      least: 2,
      most: 2,
      build: ([x, y]) => call("sub", x as Expr, call("mul", y as Expr, call("floor", call("div", x as Expr, y as Expr)))),
    },
  ],
  ["and", { least: 2, most: 2, build: ([x, y]) => call("mul", call("ne", x as Expr, 0), call("ne", y as Expr, 0)) }],
  ["or", { least: 2, most: 2, build: ([x, y]) => call("max", call("ne", x as Expr, 0), call("ne", y as Expr, 0)) }],
]);

/** Names that stand for a number unless they are declared as variables. */
export const formulaConstants: ReadonlyMap<string, Expr> = new Map(
  Object.entries({
    pi: Math.PI,
    tau: 2 * Math.PI,
    e: Math.E,
    phi: (1 + Math.sqrt(5)) / 2,
    Infinity: Number.POSITIVE_INFINITY,
    LN2: Math.LN2,
    LN10: Math.LN10,
    SQRT2: Math.SQRT2,
    SQRT1_2: Math.SQRT1_2,
  }).map(([name, value]) => [name, constant(value)]),
);

function unary(build: (x: Expr) => Expr): FormulaFunction {
  return { least: 1, most: 1, build: ([x]) => build(x as Expr) };
}

function binary(op: ScalarOp): FormulaFunction {
  return { least: 2, most: 2, build: ([x, y]) => call(op, x as Expr, y as Expr) };
}

function chain(op: ScalarOp): FormulaFunction {
  return { least: 1, most: Number.POSITIVE_INFINITY, build: (args) => args.reduce((x, y) => call(op, x, y)) };
}
