import { type CallExpr, call, type Expr, exprKey, fold } from "@paramat/backends";

/**
 * The same function with the textbook forms that overflow or cancel replaced: log(1 + u) → log1p(u), log(1 + eˣ) → softplus(x), eˣ − 1 → expm1(x),
 * 1/(1 + eˣ) → sigmoid(−x), eˣ/(1 + eˣ) → sigmoid(x), and tanh for (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ). Values agree to rounding where the textbook form is finite.
 */
export function stableForm(f: Expr): Expr {
  return fold<Expr>(f, (node, args) => {
    if (node.kind !== "call") return node;
    const [a, b] = args as readonly [Expr, Expr];
    if (node.op === "log") {
      const u = lessOne(a);
      if (u) return isCall(u, "exp") ? call("softplus", argOf(u)) : call("log1p", u);
    }
    if (node.op === "log1p" && isCall(a, "exp")) return call("softplus", argOf(a));
    if (node.op === "sub" && isCall(a, "exp") && isConst(b, 1)) return call("expm1", argOf(a));
    if (node.op === "div") {
      const u = lessOne(b);
      if (u && isCall(u, "exp")) {
        if (isConst(a, 1)) return call("sigmoid", negated(argOf(u)));
        if (isCall(a, "exp") && same(argOf(a), argOf(u))) return call("sigmoid", argOf(u));
      }
      const x = isCall(a, "sub") && isCall(b, "add") ? hyperbolicArgument(a, b) : null;
      if (x) return call("tanh", x);
    }
    return { ...node, args };
  });
}

/** u where f is 1 + u or u + 1. */
function lessOne(f: Expr): Expr | null {
  if (!isCall(f, "add")) return null;
  const [a, b] = f.args as readonly [Expr, Expr];
  return isConst(a, 1) ? b : isConst(b, 1) ? a : null;
}

/** x where the quotient is (eˣ − e⁻ˣ)/(eˣ + e⁻ˣ). */
function hyperbolicArgument(difference: CallExpr, total: CallExpr): Expr | null {
  const [p, q] = difference.args as readonly [Expr, Expr];
  const [r, s] = total.args as readonly [Expr, Expr];
  if (!(isCall(p, "exp") && isCall(q, "exp") && same(p, r) && same(q, s))) return null;
  return same(negated(argOf(p)), argOf(q)) ? argOf(p) : null;
}

function negated(f: Expr): Expr {
  return isCall(f, "neg") ? argOf(f) : call("neg", f);
}

function isCall(f: Expr, op: CallExpr["op"]): f is CallExpr {
  return f.kind === "call" && f.op === op;
}

function isConst(f: Expr, value: number): boolean {
  return f.kind === "const" && f.value === value;
}

function argOf(f: CallExpr): Expr {
  return f.args[0] as Expr;
}

function same(f: Expr, g: Expr): boolean {
  return f === g || exprKey(f) === exprKey(g);
}
