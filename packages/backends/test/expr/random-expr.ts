import fc from "fast-check";
import { call, constant, type Expr, input, type ScalarOp, scalarOps } from "../../src/expr.js";

export const allOps = Object.keys(scalarOps) as ScalarOp[];

/** Formulas of up to `size` calls of `ops` over `numInputs` inputs. Arguments are drawn from all nodes made before, so subformulas are shared. */
export function randomExpr(numInputs: number, ops: readonly ScalarOp[] = allOps, size = 12): fc.Arbitrary<Expr> {
  const leaf = fc.oneof(fc.nat(numInputs - 1).map(input), fc.constantFrom(-2, -1, 0, 0.5, 1, 2, 3).map(constant));
  const step = fc.record({ op: fc.constantFrom(...ops), picks: fc.tuple(fc.nat(1000), fc.nat(1000), fc.nat(1000)) });
  return fc
    .tuple(fc.array(leaf, { minLength: 2, maxLength: 4 }), fc.array(step, { minLength: 1, maxLength: size }))
    .map(([leaves, steps]) => {
      const nodes = [...leaves];
      for (const { op, picks } of steps) {
        nodes.push(call(op, ...picks.slice(0, scalarOps[op]).map((pick) => nodes[nodes.length - 1 - (pick % nodes.length)] as Expr)));
      }
      return nodes.at(-1) as Expr;
    });
}

/** A chain of squarings-like sums: 2^depth leaves as a tree, depth + 1 node objects. */
export function sharedTower(depth: number): Expr {
  let f = input(0);
  for (let i = 0; i < depth; i++) f = call("mul", 0.5, call("add", f, f));
  return f;
}

/** The value by plain recursion over the tree, with its own table of operations. */
export function treeValue(f: Expr, inputs: readonly number[]): number {
  if (f.kind === "input") return inputs[f.index] as number;
  if (f.kind === "const") return f.value;
  const [x, y, z] = f.args.map((arg) => treeValue(arg, inputs)) as [number, number, number];
  switch (f.op) {
    case "neg":
      return -x;
    case "add":
      return x + y;
    case "sub":
      return x - y;
    case "mul":
      return x * y;
    case "div":
      return x / y;
    case "lt":
      return Number(x < y);
    case "le":
      return Number(x <= y);
    case "eq":
      return Number(x === y);
    case "ne":
      return Number(x !== y);
    case "gt":
      return Number(x > y);
    case "ge":
      return Number(x >= y);
    case "select":
      return x !== 0 ? y : z;
    case "sigmoid":
      return x >= 0 ? 1 / (1 + Math.exp(-x)) : Math.exp(x) / (1 + Math.exp(x));
    case "softplus":
      return x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x));
    case "erf":
      return erfByQuadrature(x);
    case "pow":
      return x ** y;
    default:
      return (Math[f.op] as (...args: number[]) => number)(...[x, y].slice(0, scalarOps[f.op]));
  }
}

/** 2/√π ∫₀ˣ e^{−t²} dt by Simpson's rule, error about 1e-13. */
function erfByQuadrature(x: number): number {
  const end = Math.max(-6, Math.min(6, x));
  const steps = 4000;
  const h = end / steps;
  let sum = 0;
  for (let i = 0; i <= steps; i++) {
    sum += (i === 0 || i === steps ? 1 : i % 2 === 1 ? 4 : 2) * Math.exp(-((i * h) ** 2));
  }
  return (2 / Math.sqrt(Math.PI)) * (h / 3) * sum;
}
