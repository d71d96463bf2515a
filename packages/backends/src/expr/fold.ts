import type { Expr } from "../expr.js";

/**
 * v(f) = visit(f, [v(arg₀), v(arg₁), …]), each node object once: a formula is a directed acyclic graph by object identity.
 * Arguments come before their users, left to right. Needs no call stack, so a chain of any depth is fine. Cost: linear in the number of node objects.
 */
export function fold<T>(f: Expr, visit: (node: Expr, args: readonly T[]) => T): T {
  const done = new Map<Expr, T>();
  const stack: Expr[] = [f];
  for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
    const pending = node.kind === "call" && !done.has(node) ? node.args.filter((arg) => !done.has(arg)) : [];
    if (pending.length > 0) {
      stack.push(...pending.reverse());
      continue;
    }
    stack.pop();
    if (!done.has(node)) {
      done.set(node, visit(node, node.kind === "call" ? node.args.map((arg) => done.get(arg) as T) : []));
    }
  }
  return done.get(f) as T;
}
