import { type CallExpr, call, constant, type Expr, type ScalarOp } from "../expr.js";
import { scalarFunctions } from "./scalar-functions.js";

/**
 * `call(op, …args)` with constants folded and 0, 1, −1 and neg absorbed; the rules are those of `simplify`.
 * @throws Error if the number of arguments is wrong
 */
export function simplifiedCall(op: ScalarOp, ...args: readonly (Expr | number)[]): Expr {
  return simplifyNode(call(op, ...args) as CallExpr);
}

/** The same for a node already made, which is returned where no rule applies. */
export function simplifyNode(node: CallExpr): Expr {
  const [x, y, z] = node.args as readonly [Expr, Expr, Expr];
  if (node.args.every((arg) => arg.kind === "const")) {
    const [a, b, c] = node.args.map((arg) => arg.value) as [number, number, number];
    return constant(scalarFunctions[node.op](a, b, c));
  }
  return rules[node.op]?.(x, y, z) ?? node;
}

/** Each rule is exact in floating point for finite numbers, but for the sign of zero. */
const rules: Readonly<Partial<Record<ScalarOp, (x: Expr, y: Expr, z: Expr) => Expr | undefined>>> = {
  neg(x) {
    const difference = argsOf("sub", x);
    return argsOf("neg", x)?.[0] ?? (difference && simplifiedCall("sub", difference[1], difference[0]));
  },
  abs(x) {
    const negated = argsOf("neg", x);
    return negated ? simplifiedCall("abs", negated[0]) : argsOf("abs", x) && x;
  },
  add(x, y) {
    if (is(x, 0)) return y;
    if (is(y, 0)) return x;
    const [minusX, minusY] = [argsOf("neg", x), argsOf("neg", y)];
    if (minusY) return simplifiedCall("sub", x, minusY[0]);
    return minusX && simplifiedCall("sub", y, minusX[0]);
  },
  sub(x, y) {
    if (is(x, 0)) return simplifiedCall("neg", y);
    if (is(y, 0)) return x;
    const minusY = argsOf("neg", y);
    return minusY && simplifiedCall("add", x, minusY[0]);
  },
  mul(x, y) {
    if (is(x, 0) || is(y, 0)) return constant(0);
    if (is(x, 1)) return y;
    if (is(y, 1)) return x;
    return is(x, -1) ? simplifiedCall("neg", y) : signedProduct("mul", x, y);
  },
  div(x, y) {
    if (is(x, 0)) return constant(0);
    return is(y, 1) ? x : signedProduct("div", x, y);
  },
  pow: (x, y) => (is(y, 0) || is(x, 1) ? constant(1) : is(y, 1) ? x : undefined),
  min: (x, y) => (same(x, y) ? x : undefined),
  max: (x, y) => (same(x, y) ? x : undefined),
  select: (c, x, y) => (c.kind === "const" ? (c.value !== 0 ? x : y) : same(x, y) ? x : undefined),
};

/** One node, or equal constants: cheap to see, and what derivatives of both branches of a select come to. */
function same(x: Expr, y: Expr): boolean {
  return x === y || (x.kind === "const" && y.kind === "const" && Object.is(x.value, y.value));
}

/** Signs cancel, move into a constant, (−x)·c = x·(−c), or else to the outside, (−x)·y = −(x·y). */
function signedProduct(op: "mul" | "div", x: Expr, y: Expr): Expr | undefined {
  if (is(y, -1)) return simplifiedCall("neg", x);
  const [minusX, minusY] = [argsOf("neg", x), argsOf("neg", y)];
  if (minusX && minusY) return simplifiedCall(op, minusX[0], minusY[0]);
  if (minusX) return y.kind === "const" ? simplifiedCall(op, minusX[0], -y.value) : simplifiedCall("neg", simplifiedCall(op, minusX[0], y));
  if (minusY) return x.kind === "const" ? simplifiedCall(op, -x.value, minusY[0]) : simplifiedCall("neg", simplifiedCall(op, x, minusY[0]));
  return undefined;
}

function is(f: Expr, value: number): boolean {
  return f.kind === "const" && f.value === value;
}

/** The arguments of f where it is a call of `op`. */
function argsOf(op: ScalarOp, f: Expr): readonly [Expr, Expr] | undefined {
  return f.kind === "call" && f.op === op ? (f.args as readonly [Expr, Expr]) : undefined;
}
